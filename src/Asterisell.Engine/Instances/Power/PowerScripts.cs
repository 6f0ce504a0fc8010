namespace Asterisell.Engine.Instances;

/// <summary>The fixed script behind <see cref="InstancePower"/>.</summary>
internal static class PowerScripts
{
    /// <summary>Exit code: MariaDB has not ended in time.</summary>
    public const int DatabaseStillRuns = 5;

    /// <summary>
    /// Asks MariaDB to end and waits for it; supervisord starts it again at once, but then it has nothing to write out any more and ends
    /// quickly with the container. $1: admin directory, $2: longest wait in tenths of a second, $3: <c>unlock</c> to remove the cron lock
    /// afterwards, at a moment when cron does not look: it looks when a minute begins. Says how long MariaDB took, in tenths of a second.
    /// </summary>
    public const string EndDatabase = """
        export LC_ALL=C
        pids=
        for d in /proc/[0-9]*; do
          name=
          { IFS= read -r name < $d/comm; } 2>/dev/null
          case $name in mysqld|mariadbd) pids="$pids ${d#/proc/}" ;; esac
        done
        left=$2
        if [ -n "$pids" ]; then
          kill -s TERM $pids
          for pid in $pids; do
            while [ -d /proc/$pid ]; do
              [ $((left -= 1)) -lt 0 ] && exit 5
              sleep 0.1
            done
          done
        fi
        if [ "$3" = unlock ]; then
          printf -v second '%(%S)T' -1
          while [ "$second" -ge 58 ] || [ "$second" -le 1 ]; do
            sleep 0.2
            printf -v second '%(%S)T' -1
          done
          rm -f -- "$1/data_files/messages/params/REMOVE_ME_FOR_ENABLING_ASTERISELL_CRON_JOB_PROCESSOR"
        fi
        echo $(($2 - left))
        """;
}
