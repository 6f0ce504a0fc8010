using System.Security.Cryptography;

namespace Asterisell.Engine.Instances;

/// <summary>
/// A random word in the environment of a program we start, by which the program and its children are found again when they must end.
/// The engine does not end an exec whose connection is gone.
/// </summary>
internal static class ExecTag
{
    /// <summary>Name of the environment variable.</summary>
    public const string Variable = "ASTERISELL_EXEC";

    /// <summary>
    /// Ends every process that carries the tag, and their descendants: as Ctrl+C first (the MariaDB client then kills its statement on the
    /// server too), then TERM, then KILL; at most about a second. Tags survive fork and exec; descendants are added because a program
    /// may clear its environment.
    /// </summary>
    public const string KillScript = """
        export LC_ALL=C
        seek() {
          found=$(grep -lzxsF -e "ASTERISELL_EXEC=$1" /proc/[0-9]*/environ)
          pids=' '
          for f in $found; do p=${f#/proc/}; p=${p%/environ}; [ "$p" = 1 ] || pids="$pids$p "; done
          [ "$pids" = ' ' ] && return 1
          grown=1
          while [ $grown = 1 ]; do
            grown=0
            for f in /proc/[0-9]*/stat; do
              s=
              { IFS= read -r -d '' s < "$f"; } 2>/dev/null
              p=${f#/proc/}; p=${p%/stat}
              set -- "$1" ${s##*) }
              case $pids in *" $p "*) ;; *" $3 "*) pids="$pids$p "; grown=1 ;; esac
            done
          done
        }
        for step in INT:5 TERM:10 KILL:0; do
          seek "$1" || exit 0
          kill -s "${step%:*}" $pids 2>/dev/null
          for ((i = 0; i < ${step#*:}; i++)); do
            sleep 0.05
            seek "$1" || exit 0
          done
        done
        """;

    /// <summary>A new tag that nobody can guess.</summary>
    public static string Create() => Convert.ToHexString(RandomNumberGenerator.GetBytes(12));
}
