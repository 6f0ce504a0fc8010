using System.Globalization;

namespace Asterisell.Engine.Instances.Power;

/// <summary>Failures of starting and stopping.</summary>
internal static class PowerErrors
{
    internal static AsterisellException DatabaseKilled(AsterisellInstance instance, TimeSpan grace) => new(
        nameof(DatabaseKilled), ErrorKind.Timeout, instance.ToString(),
        $"the container is stopped, but MariaDB had not ended within {Seconds(grace)} s and was killed; it will repair itself from its log when it starts.",
        $"Start it and look at the repair: Start-AsterisellInstance {instance}; Get-AsterisellLog {instance} -Service mysql. Next time give it longer: -GraceSec");

    internal static AsterisellException DatabaseEndedDirty(AsterisellInstance instance) => new(
        nameof(DatabaseEndedDirty), ErrorKind.CommandFailed, instance.ToString(),
        "the container is stopped, but MariaDB left its pid file behind when it ended, as it does after a crash.",
        $"Start it and look at the repair: Start-AsterisellInstance {instance}; Get-AsterisellLog {instance} -Service mysql");

    internal static AsterisellException StopRefused(AsterisellInstance instance, string state) => new(
        nameof(StopRefused), ErrorKind.InvalidState, instance.ToString(),
        $"the container is {state}; its database cannot end in that state. Nothing was changed.",
        state == "paused" ? $"Go on with: docker unpause {instance.ContainerName}" : null);

    internal static AsterisellException StartFailed(AsterisellInstance instance, string why) => new(
        nameof(StartFailed), ErrorKind.CommandFailed, instance.ToString(),
        $"the container ended right after its start ({why}).",
        $"See what it said: Get-AsterisellLog {instance} -Service container");

    internal static AsterisellException DatabaseNotStopped(AsterisellInstance instance, string why) => new(
        nameof(DatabaseNotStopped), ErrorKind.CommandFailed, instance.ToString(),
        $"the end of MariaDB could not be watched ({why}); the container was not stopped.",
        $"Look at the instance: Get-AsterisellStatus {instance}");

    private static string Seconds(TimeSpan span) => span.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
}
