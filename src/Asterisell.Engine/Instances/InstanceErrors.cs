using System.Globalization;
using Asterisell.Engine.Docker;

namespace Asterisell.Engine.Instances;

/// <summary>Failures of work inside an instance.</summary>
internal static class InstanceErrors
{
    public static AsterisellException ContainerNotFound(AsterisellInstance instance) => new(
        nameof(ContainerNotFound), ErrorKind.NotFound, instance.ToString(),
        $"there is no container '{instance.ContainerName}' on {instance.HostName}.",
        "Check the name and the host in the inventory; Get-AsterisellHost shows what the host runs.");

    public static AsterisellException InstanceNotRunning(AsterisellInstance instance, ContainerDetail container, DateTimeOffset now) => new(
        nameof(InstanceNotRunning), ErrorKind.InvalidState, instance.ToString(),
        $"the container is not running ({ContainerText.Describe(container, now)}).",
        container.State == "paused"
            ? $"It is paused; go on with: docker unpause {instance.ContainerName}"
            : $"Start it with: Start-AsterisellInstance {instance}");

    public static AsterisellException CommandTimedOut(AsterisellInstance instance, string program, TimeSpan limit) => new(
        nameof(CommandTimedOut), ErrorKind.Timeout, instance.ToString(),
        $"{program} did not end within {Seconds(limit)} s; it and its children were ended.",
        "Give it more time, or look for what it waits for with Get-AsterisellJob and Get-AsterisellLog.");

    public static AsterisellException OutputTooLarge(AsterisellInstance instance, string program, long limitBytes) => new(
        nameof(OutputTooLarge), ErrorKind.ResourceExhausted, instance.ToString(),
        $"{program} wrote more than {limitBytes} bytes; it was ended, because that much is not kept in memory.");

    public static AsterisellException ScriptFailed(AsterisellInstance instance, string task, int exitCode, string standardError) => new(
        nameof(ScriptFailed), ErrorKind.CommandFailed, instance.ToString(),
        $"{task} failed with exit code {exitCode}: {OneLine(standardError)}");

    public static AsterisellException AnswerNotUnderstood(AsterisellInstance instance, string task, string why) => new(
        nameof(AnswerNotUnderstood), ErrorKind.Protocol, instance.ToString(),
        $"{task} gave an answer that is not one: {why}.");

    public static AsterisellException SupervisorNotFound(AsterisellInstance instance) => new(
        nameof(SupervisorNotFound), ErrorKind.NotFound, instance.ToString(),
        "the container has no configuration of supervisord, so it is not one of Asterisell.",
        "Check that the inventory names the right container.");

    public static AsterisellException ApplicationNotInstalled(AsterisellInstance instance) => new(
        nameof(ApplicationNotInstalled), ErrorKind.InvalidState, instance.ToString(),
        $"the application is not installed: {instance.AdminDirectory} is missing or incomplete.",
        "An installation or an update may have been interrupted; what is there shows: Get-AsterisellStatus " + instance);

    public static AsterisellException CronNotLocked(AsterisellInstance instance, string why) => new(
        nameof(CronNotLocked), ErrorKind.CommandFailed, instance.ToString(),
        $"the file that keeps scheduled jobs from starting was not written: {OneLine(why)}");

    public static AsterisellException CronNotUnlocked(AsterisellInstance instance, string why) => new(
        nameof(CronNotUnlocked), ErrorKind.CommandFailed, instance.ToString(),
        $"the file that keeps scheduled jobs from starting was not removed: {OneLine(why)}");

    public static AsterisellException WebLockNotSet(AsterisellInstance instance, bool locked, string why) => new(
        nameof(WebLockNotSet), ErrorKind.CommandFailed, instance.ToString(),
        $"the file that keeps customers out was not {(locked ? "written" : "removed")}: {OneLine(why)}");

    public static AsterisellException CronNotRestored(AsterisellInstance instance, bool locked, string why) => new(
        nameof(CronNotRestored), ErrorKind.CommandFailed, instance.ToString(),
        $"scheduled jobs were {(locked ? "locked" : "not locked")} before and could not be put back to that: {OneLine(why)}",
        locked ? $"Lock them with: Disable-AsterisellJob {instance}" : $"Unlock them with: Enable-AsterisellJob {instance}");

    public static AsterisellException JobsStillRunning(AsterisellInstance instance, TimeSpan limit, string what) => new(
        nameof(JobsStillRunning), ErrorKind.Timeout, instance.ToString(),
        $"after {Seconds(limit)} s jobs still run: {what}. Nothing was stopped, and cron is as it was before.",
        $"Look at them with: Get-AsterisellJob {instance} -State Running; then try again with more time.");

    public static AsterisellException TimeZoneUnknown(AsterisellInstance instance, string why) => new(
        nameof(TimeZoneUnknown), ErrorKind.InvalidState, instance.ToString(),
        $"PHP's date.timezone is not known here, so its times cannot be turned into UTC: {OneLine(why)}",
        "Correct date.timezone in /etc/php.ini of the instance, or install the time zone data of this machine.");

    public static AsterisellException FileNotFound(AsterisellInstance instance, string path) => new(
        nameof(FileNotFound), ErrorKind.NotFound, instance.ToString(), $"there is no file '{path}'.");

    public static AsterisellException NotAFile(AsterisellInstance instance, string path, string what) => new(
        nameof(NotAFile), ErrorKind.InvalidState, instance.ToString(), $"'{path}' is {what}.");

    public static AsterisellException FileTooLarge(AsterisellInstance instance, string path, long limitBytes) => new(
        nameof(FileTooLarge), ErrorKind.ResourceExhausted, instance.ToString(), $"'{path}' is larger than the {limitBytes} bytes expected of it.");

    public static AsterisellException FileNotReadable(AsterisellInstance instance, string path, string standardError) => new(
        nameof(FileNotReadable), ErrorKind.PermissionDenied, instance.ToString(), $"'{path}' cannot be read: {OneLine(standardError)}");

    public static AsterisellException FileNotWritten(AsterisellInstance instance, string path, string standardError) => new(
        nameof(FileNotWritten), ErrorKind.CommandFailed, instance.ToString(),
        $"'{path}' was not written, the file that was there is untouched: {OneLine(standardError)}");

    public static AsterisellException DiskFull(AsterisellInstance instance, string path) => new(
        nameof(DiskFull), ErrorKind.ResourceExhausted, instance.ToString(),
        $"'{path}' was not written: no space is left on its file system.",
        $"See what fills it: Get-AsterisellStatus {instance} | Format-List Disk*");

    /// <summary>Output of a program in one line that fits a message.</summary>
    public static string OneLine(string text)
    {
        string line = string.Join("; ", text.Split(['\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        return line.Length switch
        {
            0 => "it gave no reason.",
            > 400 => line[..400] + "…",
            _ => line,
        };
    }

    private static string Seconds(TimeSpan span) => span.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
}
