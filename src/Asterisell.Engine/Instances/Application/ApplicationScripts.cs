namespace Asterisell.Engine.Instances;

/// <summary>The fixed scripts behind <see cref="InstanceApplication"/>; $1 admin directory, $2 customer directory.</summary>
internal static class ApplicationScripts
{
    /// <summary>The application's own name for its cron lock; only its existence counts.</summary>
    private const string Flag = """
        flag=$1/data_files/messages/params/REMOVE_ME_FOR_ENABLING_ASTERISELL_CRON_JOB_PROCESSOR

        """;

    /// <summary>
    /// Locks and processes. The processes are read before the lock's row and once more after it: a holder that is in neither list is dead,
    /// one that has just started or just ended is not taken for dead.
    /// </summary>
    public const string Look =
        ProbeScripts.Prelude + ProbeScripts.Processes + ProbeScripts.Credentials + ProbeScripts.TimeZone + ProbeScripts.Flags
        + "processes\n" + ProbeScripts.Sql + ProbeScripts.Late + ProbeScripts.End;

    /// <summary>The application's own name for its web lock; only its existence counts. It lies in the customer directory.</summary>
    private const string WebFlag = """
        flag=$2/REMOVE_ME_FOR_ENABLING_ASTERISELL_APP

        """;

    /// <summary>Creates the web lock. 3: it is there already.</summary>
    public const string LockWeb = WebFlag + """
        [ -d "$2" ] || exit 44
        [ -e "$flag" ] && exit 3
        umask 022
        : > "$flag"
        """;

    /// <summary>Removes the web lock. 3: there was none.</summary>
    public const string UnlockWeb = WebFlag + """
        [ -e "$flag" ] || exit 3
        rm -f -- "$flag"
        """;

    /// <summary>Creates the cron lock. $3: a word by which <see cref="Release"/> knows it as ours. The first line is the original's.</summary>
    public const string Lock = Flag + """
        [ -d "${flag%/*}" ] || exit 44
        [ -e "$flag" ] && exit 3
        umask 022
        set -C
        printf 'hello\n%s\n' "$3" > "$flag" && exit 0
        [ -e "$flag" ] && exit 3
        exit 1
        """;

    /// <summary>Removes the cron lock if it is the one that was created with the word $3.</summary>
    public const string Release = Flag + """
        [ -e "$flag" ] || exit 0
        { IFS= read -r -d '' text < "$flag"; } 2>/dev/null
        case $text in *"$3"*) rm -f -- "$flag" ;; esac
        """;

    /// <summary>Removes the cron lock. 3: there was none.</summary>
    public const string Unlock = Flag + """
        [ -e "$flag" ] || exit 3
        rm -f -- "$flag"
        """;
}
