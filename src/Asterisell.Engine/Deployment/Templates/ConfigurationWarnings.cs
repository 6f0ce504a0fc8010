using System.Text.RegularExpressions;

namespace Asterisell.Engine.Deployment.Templates;

/// <summary>What works, but not as an operator would expect.</summary>
internal static partial class ConfigurationWarnings
{
    public static IEnumerable<string> Of(AsterisellInstance instance, ConfigurationMaterial material)
    {
        InstanceSettings settings = instance.Settings;
        if (material.DatabasePassword is { } password && !SafeInShell().IsMatch(password.Reveal()))
        {
            yield return "Asterisell's own daily backups put database.password into a command of the shell as it is, and something in this "
                + "one means something to the shell: those backups will be empty, though their jobs report success. Letters, digits and "
                + "'_%+,-./:=@^' are safe.";
        }

        if (settings.Web.Certificate is not null && settings.Ports.Https is null)
        {
            yield return "There is a certificate, but ports.https is not given: port 80 serves the pages without encryption.";
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9_%+,./:=@^-]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex SafeInShell();
}
