namespace Asterisell.Engine.Deployment.Drift;

/// <summary>Why an instance is not compared.</summary>
internal static class DriftErrors
{
    public static AsterisellException ApplicationNotInstalled(AsterisellInstance instance) => new(
        nameof(ApplicationNotInstalled), ErrorKind.InvalidState, instance.ToString(),
        $"the application is not installed: there is no {instance.AdminDirectory} in the container.", $"Install it: Install-AsterisellInstance {instance}");

    public static AsterisellException ApplicationNotListed(AsterisellInstance instance, string error) => new(
        nameof(ApplicationNotListed), ErrorKind.CommandFailed, instance.ToString(),
        $"its application could not be listed: {(error.Length == 0 ? "the command ended early" : error.ReplaceLineEndings(" "))}.", "Try again; if it stays so, look into the container.");
}
