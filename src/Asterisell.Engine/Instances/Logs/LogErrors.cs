namespace Asterisell.Engine.Instances.Logs;

/// <summary>Failures of reading logs.</summary>
internal static class LogErrors
{
    internal static AsterisellException LogReaderFailed(AsterisellInstance instance, int exitCode, string standardError) => new(
        nameof(LogReaderFailed), ErrorKind.CommandFailed, instance.ToString(),
        $"the logs could not be read: the program inside ended with exit code {exitCode}: {InstanceErrors.OneLine(standardError)}");

    internal static AsterisellException FollowingEnded(AsterisellInstance instance, string state) => new(
        nameof(FollowingEnded), ErrorKind.InvalidState, instance.ToString(),
        $"there is nothing left to follow: the container is {state}.",
        $"See its last words: Get-AsterisellLog {instance} -Service container");
}
