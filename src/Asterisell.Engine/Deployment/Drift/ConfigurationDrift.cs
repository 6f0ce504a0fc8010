using Asterisell.Engine.Deployment.Configuration;
using Asterisell.Engine.Deployment.Install;
using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Deployment.Drift;

/// <summary>Tells how a file of the configuration differs, without its secrets.</summary>
internal static class ConfigurationDrift
{
    /// <summary>The drift of one file.</summary>
    public static AsterisellDrift Of(AsterisellInstance instance, FileDifference file)
    {
        AsterisellDrift drift = new(
            instance.Name, instance.HostName, file.Stored is null ? DriftChange.Added : DriftChange.Changed, file.File.Path, file.File.Effect)
        {
            WantedBytes = file.File.Content.Length, RunningBytes = file.Stored?.Content.Length,
        };
        ReadOnlySpan<byte> stored = file.Stored is null ? [] : file.Stored.Content.Span;
        if (file.Stored is not null && stored.SequenceEqual(file.File.Content.Span))
        {
            return drift with { Note = "Everybody in the container may read it, and it holds a secret." };
        }

        // The hashes of a password file and the lines of a key are secrets one and all; in YAML they have names.
        if (file.File.IsSecret && !file.File.Path.EndsWith(".yml", StringComparison.Ordinal))
        {
            return drift with { Note = "It holds nothing but secrets; they are not shown." };
        }

        if (TreeTexts.TextOf(stored) is not { } running || TreeTexts.TextOf(file.File.Content.Span) is not { } wanted)
        {
            return drift with { Note = "It is no text." };
        }

        string diff = TextDiff.Unified(SecretMask.Configuration(running), SecretMask.Configuration(wanted));
        return diff.Length > 0 ? drift with { Diff = diff } : drift with { Note = $"Only secrets in it differ; they are not shown.{(InstallSteps.IsCredentials(file.File) ? " Set-AsterisellDatabasePassword sets them." : "")}" };
    }
}
