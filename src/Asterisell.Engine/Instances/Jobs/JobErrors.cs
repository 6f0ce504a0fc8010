namespace Asterisell.Engine.Instances.Jobs;

/// <summary>Failures of a job pass.</summary>
internal static class JobErrors
{
    internal static JobRunException JobsAlreadyRunning(AsterisellInstance instance, JobRun run) => new(
        nameof(JobsAlreadyRunning), ErrorKind.Conflict, instance, run,
        $"Wait for it with: Wait-AsterisellInstance {instance} -For JobsIdle; or look at it: Get-AsterisellJob {instance} -State Running");

    internal static JobRunException JobsFailed(AsterisellInstance instance, JobRun run) => new(
        nameof(JobsFailed), ErrorKind.CommandFailed, instance, run,
        $"See what the instance says about it: Get-AsterisellProblem {instance}; the object of this run has every job in Jobs.");

    internal static JobRunException PassNotEnded(AsterisellInstance instance, JobRun run) => new(
        nameof(PassNotEnded), ErrorKind.Timeout, instance, run,
        $"Look at it: Get-AsterisellJob {instance}; wait for it: Wait-AsterisellInstance {instance} -For JobsIdle");

    internal static AsterisellException PassNotStarted(AsterisellInstance instance, string why) => new(
        nameof(PassNotStarted), ErrorKind.CommandFailed, instance.ToString(), $"the pass was not begun: {why}");

    internal static AsterisellException LogNotWritten(string path, string why) => new(
        nameof(LogNotWritten), ErrorKind.PermissionDenied, path, $"the debug log cannot be written: {why}", "Choose another folder with -LogPath.");
}
