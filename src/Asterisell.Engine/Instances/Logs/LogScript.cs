using System.Globalization;

namespace Asterisell.Engine.Instances.Logs;

/// <summary>
/// The program inside that finds the log files and hands their bytes out. It writes lines of words: <c>Z</c> with the time zones of the
/// container and of PHP; <c>M</c> (tool and file) for a packed file whose tool the container lacks; <c>H</c> when all that was there is told; <c>F</c> (file), <c>D</c> (its bytes follow) and <c>R</c> (it ended: rotated or cut) with the file's number; a
/// line without a space is base64, so that a log with any bytes cannot be taken for one of these words.
/// </summary>
/// <remarks>
/// Not <c>tail -F</c>: several files on one output mix in the middle of lines, and its headings can be forged by what is logged.
/// Each file is kept open, so that what was written to it before it was rotated away is still read. It leaves when its input ends,
/// which it does when we vanish.
/// </remarks>
internal static class LogScript
{
    /// <summary>Longest piece of a file that is looked at for its last lines.</summary>
    internal const int WindowBytes = 32 * 1024 * 1024;

    private const string Text = """
        export LC_ALL=C
        shopt -s nullglob
        lines=$1 follow=$2 window=$3 admin=$4 user=$5 rotated=$6
        shift 6
        wanted=" $* "
        declare -A number
        files=() fds=() inodes=() offsets=() count=0

        zone=$(readlink -f /etc/localtime)
        case $zone in */zoneinfo/*) zone=${zone##*/zoneinfo/} ;; *) zone=$(head -n 1 /etc/timezone 2>/dev/null) ;; esac
        php=$(sed -n 's/^[[:space:]]*date\.timezone[[:space:]]*=[[:space:]]*"\{0,1\}\([^"; ]*\).*/\1/p' /etc/php.ini /etc/php.d/*.ini 2>/dev/null | tail -n 1)
        echo "Z ${zone:--} $(date +%z) ${php:--}"

        # add SERVICE FILE…
        add() {
          local service=$1 file fd size inode
          shift
          [ "$wanted" = '  ' ] || [[ $wanted == *" $service "* ]] || return 0
          for file; do
            [ -f "$file" ] && [ -r "$file" ] && [ -z "${number[$file]}" ] || continue
            { exec {fd}<"$file"; } 2>/dev/null || continue
            read -r inode size < <(stat -L -c '%i %s' "/proc/$$/fd/$fd")
            number[$file]=$count
            echo "F $count $service $(printf %s "$file" | base64 -w 0)"
            files[count]=$file fds[count]=$fd inodes[count]=$inode offsets[count]=$size
            if [ "$started" ]; then offsets[count]=0; else last $count "$size"; fi
            count=$((count + 1))
          done
        }
        # old SERVICE FILE…: what was rotated away since $rotated, packed or not; told once, never followed
        old() {
          local service=$1 file tool size
          shift
          [ "$rotated" != no ] && [ -z "$started" ] || return 0
          [ "$wanted" = '  ' ] || [[ $wanted == *" $service "* ]] || return 0
          for file; do
            [ -f "$file" ] && [ -r "$file" ] && [ -z "${number[$file]}" ] && [ "$(stat -L -c %Y "$file")" -ge "$rotated" ] || continue
            number[$file]=$count
            case $file in *.gz) tool=gzip ;; *.xz) tool=xz ;; *.bz2) tool=bzip2 ;; *.zst) tool=zstd ;; *) tool= ;; esac
            if [ "$tool" ] && ! command -v $tool >/dev/null; then echo "M $tool $(printf %s "$file" | base64 -w 0)"; continue; fi
            echo "F $count $service $(printf %s "$file" | base64 -w 0)"
            size=$(unpack | wc -c)
            echo "D $count"
            unpack | if [ "$size" -gt "$window" ]; then tail -c "$window" | sed 1d; else cat; fi |
              if [ "$lines" = all ]; then cat; else tail -n "$lines"; fi | base64 -w 32768
            echo
            count=$((count + 1))
          done
        }
        unpack() { if [ "$tool" ]; then $tool -dc < "$file" 2>/dev/null; else cat < "$file"; fi; }
        scan() {
          local file base
          old asterisell "$admin"/log/history/*.log* "$user"/log/history/*.log* "$admin"/log/*.log[.-]* "$user"/log/*.log[.-]*
          old crond /var/log/cron[.-][0-9]* /var/log/cron.log[.-][0-9]*
          old mysql /var/log/mysqld.log[.-][0-9]* /var/log/{mysql,mariadb}/*.{log,err}[.-][0-9]*
          old nginx /var/log/nginx/*.log[.-][0-9]*
          old php /var/log/php-fpm/*.log[.-][0-9]* /var/log/php*.log[.-][0-9]*
          old sshd /var/log/secure[.-][0-9]* /var/log/auth.log[.-][0-9]*
          old supervisord /var/log/supervisord.log[.-][0-9]* /var/log/supervisor/supervisord.log[.-][0-9]*
          add asterisell "$admin"/log/*.log "$user"/log/*.log
          add crond /var/log/cron /var/log/cron.log
          add mysql /var/log/mysqld.log /var/log/mysql/*.log /var/log/mysql/*.err /var/log/mariadb/*.log /var/lib/mysql/*.err
          add nginx /var/log/nginx/*.log
          add php /var/log/php-fpm/*.log /var/log/php*.log
          add sshd /var/log/secure /var/log/auth.log
          add supervisord /var/log/supervisord.log /var/log/supervisor/supervisord.log
          for file in {/tmp,/var/log/supervisor}/*-std{out,err}---supervisor-*.log; do
            base=${file##*/}
            old "${base%-std*---supervisor-*}" "$file"[.-][0-9]*
            add "${base%-std*---supervisor-*}" "$file"
          done
        }
        # bytes NUMBER FROM TO
        bytes() {
          echo "D $1"
          tail -c +$(($2 + 1)) "/proc/$$/fd/${fds[$1]}" | head -c $(($3 - $2)) | base64 -w 32768
          echo
        }
        # last NUMBER SIZE: the last lines below that size
        last() {
          local from=0
          [ "$lines" != 0 ] && [ "$2" -gt 0 ] || return 0
          [ "$2" -le "$window" ] || from=$(($2 - window))
          echo "D $1"
          tail -c +$((from + 1)) "/proc/$$/fd/${fds[$1]}" | head -c $(($2 - from)) |
            if [ $from -gt 0 ]; then sed 1d; else cat; fi |
            if [ "$lines" = all ]; then cat; else tail -n "$lines"; fi | base64 -w 32768
          echo
        }
        # news NUMBER SIZE
        news() {
          if [ "$2" -lt "${offsets[$1]}" ]; then echo "R $1"; offsets[$1]=0; fi
          [ "$2" -gt "${offsets[$1]}" ] || return 0
          bytes "$1" "${offsets[$1]}" "$2"
          offsets[$1]=$2
        }
        scan
        started=yes
        echo "H "
        [ "$follow" = yes ] || exit 0
        for ((round = 1; ; round++)); do
          IFS= read -r -t 0.5 _
          [ $? -gt 128 ] || exit 0
          ((round % 10)) || scan
          [ ${#files[@]} -gt 0 ] || continue
          while read -r inode size file; do
            n=${number[$file]}
            [ "$n" ] || continue
            if [ "$inode" = "${inodes[$n]}" ]; then news "$n" "$size"; continue; fi
            news "$n" "$(stat -L -c %s "/proc/$$/fd/${fds[$n]}")"
            echo "R $n"
            fd=${fds[$n]}
            exec {fd}<&-
            { exec {fd}<"$file"; } 2>/dev/null || { exec {fd}</dev/null; size=0; }
            fds[$n]=$fd inodes[$n]=$inode offsets[$n]=0
            news "$n" "$size"
          done < <(stat -L -c '%i %s %n' -- "${files[@]}" 2>/dev/null)
        done
        """;

    internal static InstanceCommand Command(AsterisellInstance instance, LogQuery query, bool follow) =>
        Bash.Command(
            Text,
            [
                query.Tail?.ToString(CultureInfo.InvariantCulture) ?? "all",
                follow ? "yes" : "no",
                WindowBytes.ToString(CultureInfo.InvariantCulture),
                instance.AdminDirectory,
                instance.UserDirectory,
                query.IncludeRotated ? Math.Max(0, query.Since?.ToUnixTimeSeconds() ?? 0).ToString(CultureInfo.InvariantCulture) : "no",
                .. query.Services,
            ]) with { AttachInput = follow };
}
