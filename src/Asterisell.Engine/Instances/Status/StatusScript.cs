namespace Asterisell.Engine.Instances;

/// <summary>
/// The one script behind a status. It forks about a dozen times and asks MariaDB once. $1 admin directory, $2 customer directory,
/// $3 host name of the web server, $4 address it listens on.
/// </summary>
internal static class StatusScript
{
    /// <summary>Requests go out before the slower questions and are read after them.</summary>
    private const string AskWeb = """
        for path in /admin/index.php /index.php; do
          fd=5
          [ "$path" = /index.php ] && fd=6
          if [ $fd = 5 ]; then { exec 5<>"/dev/tcp/$4/80"; } 2>/dev/null; else { exec 6<>"/dev/tcp/$4/80"; } 2>/dev/null; fi
          if [ $? = 0 ]; then
            printf 'GET %s HTTP/1.0\r\nHost: %s\r\nUser-Agent: Asterisell-Status\r\nConnection: close\r\n\r\n' "$path" "$3" >&$fd
          else
            say "web-refused" "$path"
          fi
        done

        """;

    /// <summary>A site with HTTPS answers 301 on port 80; then curl, where the container has it, asks once more.</summary>
    private const string HearWeb = """
        hear() {
          local line= rest=
          { true >&$2; } 2>/dev/null || return
          if ! IFS= read -r -t 8 -u $2 line; then say web-silent "$1"; return; fi
          rest=$(head -c 32768 <&$2 2>/dev/null) 2>/dev/null
          case $line in
            *' 30'[1278]*)
              case $rest in
                *[Ll]ocation:*https://*)
                  if command -v curl >/dev/null; then
                    rest=$(curl --insecure --silent --show-error --include --max-time 8 --noproxy '*' --resolve "$3:443:$4" -- "https://$3$1" 2>&1)
                    line=${rest%%$'\n'*}
                  fi ;;
              esac ;;
          esac
          say "web-$1" "$line"$'\n'"$rest"
        }
        hear /admin/index.php 5 "$3" "$4"
        hear /index.php 6 "$3" "$4"

        """;

    private const string Resources = """
        printf 'disk\0'
        stat -f -c '%S %b %f %a %c %d' /var 2>/dev/null
        printf '\0'

        """;

    /// <summary>Log files of a megabyte and more, and what may rotate them; and a package update that was cut off.</summary>
    private const string Logs = """
        printf 'logs\0'
        find /var/log "$1/log" "$2/log" -xdev -type f -size +1023k -printf '%s %T@ %p\n' 2>/dev/null
        printf '\0'
        for file in /etc/logrotate.conf /etc/logrotate.d/*; do [ -f "$file" ] && slurp rotation "$file"; done
        command -v logrotate >/dev/null && say rotation-tool 1
        grep -qs logrotate /etc/cron.*/* /etc/crontab /etc/anacrontab && say rotation-started 1
        grep -qs 'log:rotate' /etc/cron.*/* && say rotation-symfony 1
        line=
        { read -r line < /var/lib/asterisell-packages/state; } 2>/dev/null
        [ "$line" = installing ] && flock -n /run/asterisell-packages.lock true 2>/dev/null && say packages-cut 1

        """;

    private const string Application = """
        slurp version "$1/VERSION"
        slurp app "$1/apps/asterisell/config/app.yml"
        shopt -s nullglob dotglob
        files=("$1"/data_files/messages/input/*)
        shopt -u nullglob dotglob
        say input-files ${#files[@]}
        if ((${#files[@]} > 0 && ${#files[@]} <= 5000)); then
          oldest=${files[0]}
          for file in "${files[@]}"; do [ "$file" -ot "$oldest" ] && oldest=$file; done
          printf 'input-oldest\0'
          stat -c %Y -- "$oldest" 2>/dev/null
          printf '\0'
        fi

        """;

    /// <summary>The web part alone.</summary>
    public const string Web = ProbeScripts.Prelude + AskWeb + HearWeb + ProbeScripts.End;

    public const string Text =
        ProbeScripts.Prelude + ProbeScripts.Processes + ProbeScripts.Credentials + ProbeScripts.Time + ProbeScripts.TimeZone + AskWeb + ProbeScripts.Flags + ProbeScripts.Supervisor
        + "processes\nsupervisor\n" + Resources + ProbeScripts.Memory + Logs + Application + ProbeScripts.OwnDumps + ProbeScripts.Sql + HearWeb + ProbeScripts.Late + ProbeScripts.End;
}
