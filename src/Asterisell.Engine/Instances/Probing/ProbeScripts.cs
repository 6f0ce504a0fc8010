namespace Asterisell.Engine.Instances;

/// <summary>
/// Pieces of the fixed scripts that ask an instance many things in one exec. They answer in pairs of key and value, each ended by NUL,
/// the last pair being <c>end</c>; a key may come again. Builtins of bash do most of the work: a fork costs more than a question.
/// </summary>
internal static class ProbeScripts
{
    /// <summary>Functions of all scripts. <c>slurp KEY FILE</c> says a small file, or <c>KEY-missing</c>.</summary>
    public const string Prelude = """
        export LC_ALL=C
        say() { printf '%s\0%s\0' "$1" "$2"; }
        slurp() {
          local text=
          if [ ! -e "$2" ]; then say "$1-missing" "$2"; return; fi
          { IFS= read -r -d '' text < "$2"; } 2>/dev/null
          say "$1" "$text"
        }

        """;

    /// <summary>
    /// Every process: <c>process</c> (its <c>/proc/PID/stat</c>), <c>command</c> (arguments, each followed by a blank), and for children
    /// of PID 1 that still have it in their environment, <c>supervised</c> (the supervisor's name for it).
    /// </summary>
    public const string Processes = """
        processes() {
          local d s c a n
          for d in /proc/[0-9]*; do
            s= c= n=
            { IFS= read -r -d '' s < $d/stat; } 2>/dev/null
            [ -n "$s" ] || continue
            { while IFS= read -r -d '' a || [ -n "$a" ]; do c="$c$a "; done < $d/cmdline; } 2>/dev/null
            printf 'process\0%s\0command\0%s\0' "$s" "$c"
            set -- ${s##*) }
            [ "$2" = 1 ] || continue
            { while IFS= read -r -d '' a || [ -n "$a" ]; do
              case $a in SUPERVISOR_PROCESS_NAME=*) n=${a#*=}; break ;; esac
            done < $d/environ; } 2>/dev/null
            [ -n "$n" ] && say supervised "$n"
          done
        }

        """;

    /// <summary>Configuration of supervisord with the files that it includes (<c>supervisor</c>), and the machine's uptime.</summary>
    public const string Supervisor = """
        supervisor() {
          local file= line part first= a
          { while IFS= read -r -d '' a; do
            [ "$first" = -c ] || [ "$first" = --configuration ] && file=$a
            case $a in -c?*) file=${a#-c} ;; --configuration=*) file=${a#*=} ;; esac
            first=$a
          done < /proc/1/cmdline; } 2>/dev/null
          for file in "$file" /etc/supervisord.conf /etc/supervisor/supervisord.conf; do
            [ -f "$file" ] || continue
            slurp supervisor "$file"
            while IFS= read -r line || [ -n "$line" ]; do
              case $line in
                '['*) part=${line%%]*} ;;
                files*=*)
                  [ "$part" = '[include' ] || continue
                  line=${line#*=}
                  set -f
                  set -- $line
                  set +f
                  for line in "$@"; do
                    case $line in /*) ;; *) line=${file%/*}/$line ;; esac
                    for a in $line; do [ -f "$a" ] && slurp supervisor "$a"; done
                  done ;;
              esac
            done < "$file"
            return
          done
          say supervisor-missing ''
        }
        slurp uptime /proc/uptime

        """;

    /// <summary>The admin application's <c>databases.yml</c>, said first so that the answer to it is there when <see cref="Sql"/> wants it.</summary>
    public const string Credentials = """
        slurp credentials "$1/config/databases.yml"

        """;

    /// <summary>PHP's time zone: the lines of its configuration, the last one in force.</summary>
    public const string TimeZone = """
        printf 'timezone\0'
        grep -hs '^[[:space:]]*date\.timezone' /etc/php.ini /etc/php.d/*.ini /etc/php/*/cli/php.ini /etc/php/*/cli/conf.d/*.ini
        printf '\0'

        """;

    /// <summary>The application's two flag files; $1 admin directory, $2 customer directory.</summary>
    public const string Flags = """
        [ -d "$1/data_files/messages/params" ] && say installed 1
        [ -e "$1/data_files/messages/params/REMOVE_ME_FOR_ENABLING_ASTERISELL_CRON_JOB_PROCESSOR" ] && say cron-locked 1
        [ -e "$2/REMOVE_ME_FOR_ENABLING_ASTERISELL_APP" ] && say web-locked 1

        """;

    /// <summary>
    /// Runs the statements that came on standard input behind an option file; the client says its errors on standard error and goes on
    /// with the next statement. Without an option file nothing is asked.
    /// </summary>
    public const string Sql = """
        IFS= read -r -d '' option
        if [ -n "$option" ]; then
          client=mysql
          command -v mariadb >/dev/null && client=mariadb
          printf 'rows\0'
          HOME=/nonexistent "$client" --defaults-extra-file=/dev/fd/3 --batch --skip-column-names --force --quick --unbuffered \
            --local-infile=0 --connect-timeout=5 3< <(printf %s "$option")
          code=$?
          printf '\0'
          say rows-exit "$code"
        fi

        """;

    /// <summary>Processes that are there now: those that started since <see cref="Processes"/> have to be told from those that ended.</summary>
    public const string Late = """
        for d in /proc/[0-9]*; do
          c=
          { while IFS= read -r -d '' a || [ -n "$a" ]; do c="$c$a "; done < $d/cmdline; } 2>/dev/null
          printf 'late\0%s %s\0' "${d#/proc/}" "$c"
        done

        """;

    /// <summary>Memory of the control group (either version of the kernel's), of the machine, and of MariaDB.</summary>
    public const string Memory = """
        if [ -e /sys/fs/cgroup/memory.current ]; then
          slurp memory-used /sys/fs/cgroup/memory.current
          slurp memory-limit /sys/fs/cgroup/memory.max
          slurp memory-stat /sys/fs/cgroup/memory.stat
        else
          slurp memory-used /sys/fs/cgroup/memory/memory.usage_in_bytes
          slurp memory-limit /sys/fs/cgroup/memory/memory.limit_in_bytes
          slurp memory-stat /sys/fs/cgroup/memory/memory.stat
        fi
        slurp machine-memory /proc/meminfo
        for file in /proc/[0-9]*/comm; do
          name=
          { read -r name < "$file"; } 2>/dev/null
          case $name in mysqld|mariadbd) slurp database-process "${file%comm}status" ;; esac
        done

        """;

    /// <summary>The two dumps among the application's own backups: name, size and time (<c>dumps</c>), and how each ends (<c>dump-ends</c>).</summary>
    public const string OwnDumps = """
        dump1=$1/data_files/messages/backup/configurations/configurations.sql
        dump2=$1/data_files/messages/backup/reports/reports.sql
        printf 'dumps\0'
        find "$dump1" "$dump2" -printf '%f %s %T@\n' 2>/dev/null
        printf '\0'
        ends=$(tail -v -c 100 -- "$dump1" "$dump2" 2>/dev/null) 2>/dev/null
        say dump-ends "$ends"

        """;

    /// <summary>The container's clock, in seconds since 1970.</summary>
    public const string Time = """
        printf -v now '%(%s)T' -1
        say now "${EPOCHREALTIME:-$now}"

        """;

    /// <summary>Last words.</summary>
    public const string End = "say end ok";
}
