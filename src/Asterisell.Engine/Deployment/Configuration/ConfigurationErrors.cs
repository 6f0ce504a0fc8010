namespace Asterisell.Engine.Deployment.Configuration;

/// <summary>Why a configuration is not applied.</summary>
internal static class ConfigurationErrors
{
    public static AsterisellException WebConfigurationRefused(AsterisellInstance instance, string why) => new(
        nameof(WebConfigurationRefused), ErrorKind.CommandFailed, instance.ToString(),
        $"nginx refuses the new configuration, so all files were put back as they were: {why}",
        "Correct the inventory; the instance goes on as before.");

    public static AsterisellException ActivationFailed(AsterisellInstance instance, int exitCode) => new(
        nameof(ActivationFailed), ErrorKind.CommandFailed, instance.ToString(),
        $"the application did not take its new configuration over to the customers' side (silently-activate ended with exit code {exitCode}).",
        $"See why: Invoke-AsterisellCommand {instance} -Command php, asterisell.php, silently-activate");
}
