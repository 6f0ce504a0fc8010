using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Asterisell.Engine.Instances;

/// <summary>The version's part of a status.</summary>
internal static class VersionReader
{
    private const string UpgradePart = $"{nameof(InstanceStatus.Application)}.{nameof(VersionStatus.PendingUpgradeJobs)}";

    public static VersionStatus Read(StatusFacts facts)
    {
        IReadOnlyList<SqlRow>? applied = facts.Rows($"{nameof(InstanceStatus.Application)}.{nameof(VersionStatus.FailedUpgradeJobs)}", StatusQueries.Upgrades);
        return new VersionStatus
        {
            Version = facts.Answer.Find("version")?.Trim() is { Length: > 0 } version ? version : null,
            PendingUpgradeJobs = applied is null ? null : Pending(facts, [.. applied.Select(row => row["job"] ?? "")]),
            FailedUpgradeJobs = applied is null
                ? null
                : [.. applied.Where(row => row["failure"] is not null).Select(row => new FailedUpgradeJob(row["job"] ?? "", facts.Utc(row.Time("at")), row["failure"]!))],
        };
    }

    private static IReadOnlyList<string>? Pending(StatusFacts facts, HashSet<string> applied)
    {
        if (facts.Said(UpgradePart, "app") is not { } text)
        {
            return null;
        }

        try
        {
            return [.. UpgradeJobs(text).Where(job => !applied.Contains(job)).Distinct(StringComparer.Ordinal)];
        }
        catch (YamlException failure)
        {
            // The old tool pastes values into app.yml as they are; a colon in one is enough.
            facts.Miss(UpgradePart, "AppYmlInvalid", $"app.yml is not valid YAML at line {failure.Start.Line}.");
            return null;
        }
    }

    /// <summary><c>all.available.upgrade_jobs</c> of <c>app.yml</c>.</summary>
    private static IEnumerable<string> UpgradeJobs(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        YamlNode? node = stream.Documents.Count == 0 ? null : stream.Documents[0].RootNode;
        foreach (string key in (string[])["all", "available", "upgrade_jobs"])
        {
            node = node is YamlMappingNode map && map.Children.TryGetValue(new YamlScalarNode(key), out YamlNode? child) ? child : null;
        }

        return node is YamlSequenceNode jobs ? jobs.Children.OfType<YamlScalarNode>().Select(job => job.Value ?? "") : [];
    }
}
