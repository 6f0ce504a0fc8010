using Asterisell.Engine.Instances;

namespace Asterisell.Engine.Deployment.Update;

/// <summary>
/// The fixed scripts of an update. Each can be run again after it was cut off at any point. Tools and options are those of CentOS 7 and newer.
/// </summary>
/// <remarks>
/// Layout of the update's folder: <c>tree</c> new files of the application, <c>tree.removed</c> those that go, <c>kept/admin</c>, <c>kept/user</c> copies of both applications,
/// <c>kept/files</c> copies of configuration files, <c>kept/input</c> CDR files that a pass may import.
/// </remarks>
internal static class UpdateScripts
{
    /// <summary>What belongs to data, caches and logs: never kept, never put back.</summary>
    private const string Exclude = "--anchored --exclude=./data_files --exclude=./cache --exclude=./log --exclude=./web/uploads --exclude=./web/generated_graphs --exclude=./REMOVE_ME_FOR_ENABLING_ASTERISELL_APP";

    private const string Begin = """
        export LC_ALL=C
        umask 077
        shopt -s nullglob dotglob

        """;

    /// <summary>$1 folder.</summary>
    public const string Prepare = Begin + """
        rm -rf -- "$1" && mkdir -p -- "$1/tree" "$1/kept"
        """;

    /// <summary>Removes what was brought and is not in its place. $1 folder.</summary>
    public const string Discard = "rm -rf -- \"$1/tree\" \"$1/kept/admin\" \"$1/kept/user\"";

    /// <summary>$1 folder, $2 id of the update: the folder of another one stays.</summary>
    public const string Remove = Begin + """
        [ -d "$1" ] || exit 0
        grep -qF "\"$2\"" "$1/journal.json" 2>/dev/null || exit 0
        rm -f -- "$1/journal.json" && sync -- "$1" 2>/dev/null || sync
        rm -rf -- "$1"
        """;

    /// <summary>Units are what is put back as a whole: the entries of the application's folder, and those of <c>web</c>.</summary>
    private const string Units = """
        units() { # of folder $1, without what is excluded
          ( cd -- "$1" || exit 1
            for unit in * web/*; do
              case $unit in data_files|cache|log|web|web/uploads|web/generated_graphs|REMOVE_ME_FOR_ENABLING_ASTERISELL_APP) continue ;; esac
              printf '%s\0' "$unit"
            done )
        }

        """;

    /// <summary>Copies both applications. $1 admin, $2 user, $3 folder.</summary>
    public const string KeepTree = Begin + Units + $$"""
        keep() { # folder $1 as $2
          rm -rf -- "$2" "$2.units" && mkdir -p -- "$2/web" || return 1
          tar -C "$1" {{Exclude}} -cf - . | tar -C "$2" -xpf -
          ended=("${PIPESTATUS[@]}")
          [ "${ended[0]}" -le 1 ] && [ "${ended[1]}" = 0 ] || return 1
          units "$1" > "$2.units"
        }
        keep "$1" "$3/kept/admin" && keep "$2" "$3/kept/user" && sync
        """;

    /// <summary>
    /// Puts both applications back. $1 admin, $2 user, $3 folder. What is new in the admin application goes only where it is one of the staged
    /// files; in the customers' application it came by the clone.
    /// </summary>
    public const string UndoTree = Begin + Units + """
        trash=$3/trash
        mkdir -p -- "$trash" || exit 1
        back() { # the kept $2 into folder $1; new units go where folder $3 has them
          [ -e "$2.units" ] || return 0
          while IFS= read -r -d '' unit; do
            [ -e "$2/$unit" ] || [ -L "$2/$unit" ] || continue
            if [ -e "$1/$unit" ] || [ -L "$1/$unit" ]; then
              away=$(mktemp -d -- "$trash/XXXXXXXX") && mv -T -- "$1/$unit" "$away/it" || return 1
            fi
            mv -T -- "$2/$unit" "$1/$unit" || return 1
          done < "$2.units"
          while IFS= read -r -d '' unit; do
            grep -qzxF -e "$unit" "$2.units" && continue
            [ -e "$3/$unit" ] || [ -L "$3/$unit" ] || continue
            away=$(mktemp -d -- "$trash/XXXXXXXX") && mv -T -- "$1/$unit" "$away/it" || return 1
          done < <(units "$1")
        }
        back "$1" "$3/kept/admin" "$3/tree" && back "$2" "$3/kept/user" "$2" || exit 1
        rm -rf -- "$trash"
        sync
        """;

    /// <summary>
    /// Removes what the application no longer has, then links the staged files into their place. $1 admin, $2 folder, $3 id of the update.
    /// </summary>
    public const string ApplyTree = Begin + """
        grep -qF "\"$3\"" "$2/journal.json" || { echo "$2 belongs to another update" >&2; exit 1; }
        cd -- "$1" || exit 1
        [ ! -e "$2/tree.removed" ] || while IFS= read -r -d '' path; do
          case /$path/ in */../*|//*) echo "refused: $path" >&2; exit 1 ;; esac
          if [ -d "$path" ] && [ ! -L "$path" ]; then
            # What an operator put into a folder keeps it.
            rmdir -- "$path" 2>/dev/null
          else
            rm -f -- "$path" || exit 1
          fi
        done < "$2/tree.removed"
        set -- "$2"/tree/*
        [ $# = 0 ] || cp -a --link --remove-destination -t . -- "$@"
        """;

    /// <summary>Copies configuration files before they are written. $1 folder; paths on standard input. One that is kept already stays so.</summary>
    public const string KeepFiles = Begin + """
        kept=$1/kept/files
        mkdir -p -- "$kept" || exit 1
        touch -- "$kept.list"
        while IFS= read -r -d '' path; do
          grep -qzxF -e "$path" "$kept.list" && continue
          if [ -e "$path" ] || [ -L "$path" ]; then
            mkdir -p -- "$kept${path%/*}" && cp -a -- "$path" "$kept$path" || exit 1
          fi
          printf '%s\0' "$path" >> "$kept.list"
        done
        sync
        """;

    /// <summary>Puts configuration files back, each at once; those that are as before are not touched. $1 folder.</summary>
    public const string UndoFiles = Begin + """
        kept=$1/kept/files
        [ -e "$kept.list" ] || exit 0
        while IFS= read -r -d '' path; do
          if [ -e "$kept$path" ] || [ -L "$kept$path" ]; then
            cmp -s -- "$kept$path" "$path" && [ "$(stat -c %a:%u:%g -- "$kept$path")" = "$(stat -c %a:%u:%g -- "$path")" ] && continue
            mkdir -p -- "${path%/*}"
            cp -a -T -- "$kept$path" "${path%/*}/.asterisell-$$" && mv -fT -- "${path%/*}/.asterisell-$$" "$path" || exit 1
          else
            rm -f -- "$path" || exit 1
          fi
        done < "$kept.list"
        """;

    /// <summary>Keeps the files that a pass may import, by links. $1 admin, $2 folder.</summary>
    public const string KeepInput = Begin + """
        [ -d "$1/data_files/messages/input" ] || exit 0
        mkdir -p -- "$2/kept/input" && cp -a --link --force -T -- "$1/data_files/messages/input" "$2/kept/input"
        """;

    /// <summary>Puts files back that were imported into data that are gone. $1 admin, $2 folder.</summary>
    public const string UndoInput = Begin + """
        [ -d "$2/kept/input" ] || exit 0
        cp -a --link --no-clobber -T -- "$2/kept/input" "$1/data_files/messages/input"
        """;

    /// <summary>Runs one.</summary>
    /// <param name="instance">Where.</param>
    /// <param name="task">What it does, in words.</param>
    /// <param name="script">Script.</param>
    /// <param name="parameters"><c>$1</c>, <c>$2</c>…</param>
    /// <param name="input">Fields on standard input; null for none.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>What it wrote.</returns>
    /// <exception cref="AsterisellException"><c>DiskFull</c>, <c>ScriptFailed</c>.</exception>
    public static async Task<string> RunAsync(
        IInstance instance, string task, string script, string[] parameters, IEnumerable<string>? input, CancellationToken cancellation)
    {
        InstanceCommand command = Bash.Command(script, parameters) with { Input = input is null ? null : new MemoryStream(Bash.Fields([.. input])) };
        CommandOutcome outcome = await instance.Exec.RunAsync(command, cancellation).ConfigureAwait(false);
        return outcome.ExitCode == 0
            ? outcome.OutputText
            : throw (outcome.ErrorText.Contains("No space left on device", StringComparison.Ordinal)
                ? InstanceErrors.DiskFull(instance.Definition, parameters[^1])
                : InstanceErrors.ScriptFailed(instance.Definition, task, outcome.ExitCode, outcome.ErrorText));
    }
}
