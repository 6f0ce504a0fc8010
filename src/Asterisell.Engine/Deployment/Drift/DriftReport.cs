using Asterisell.Engine.Deployment.Release;
using Asterisell.Engine.Deployment.Templates;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Inventory.Secrets;
using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Deployment.Drift;

/// <summary>Tells an operator how instances differ from what inventory and checkout would make of them. Nothing is changed.</summary>
/// <param name="secrets">Looks secrets up.</param>
public sealed class DriftReport(SecretResolver secrets)
{
    private readonly InstanceComparer _comparer = new(secrets);

    /// <summary>Secrets that a comparison looks up.</summary>
    public static IEnumerable<SecretReference> SecretsOf(AsterisellInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return MaterialReader.References(instance.Settings);
    }

    /// <summary>Compares one instance.</summary>
    /// <param name="instance">Instance; it runs.</param>
    /// <param name="options">What is compared.</param>
    /// <param name="withDiff">Reads changed files of the application for their diffs; those of the configuration are told anyway.</param>
    /// <param name="onRemark">Told what an operator should know beside the differences.</param>
    /// <param name="progress">Told what is being done.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="AsterisellException"><see cref="DriftErrors"/>, <see cref="ReleaseErrors"/>, and those of secrets and templates.</exception>
    public async Task<IReadOnlyList<AsterisellDrift>> CompareAsync(
        IInstance instance, ComparisonOptions options, bool withDiff, Action<string> onRemark, IOperationProgress progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(instance);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(onRemark);
        ArgumentNullException.ThrowIfNull(progress);
        InstanceComparison found = await _comparer.CompareAsync(instance, options, progress, cancellation).ConfigureAwait(false);
        if (found.UpgradeJobsUnknown is { } unknown)
        {
            onRemark($"whether upgrade jobs are pending is not known: {unknown.Reason}");
        }

        if (found is { Tree: not null, Manifest: null })
        {
            onRemark("nobody noted what was deployed last, as in instances of the old tool; an update does.");
        }

        IReadOnlyDictionary<string, string> diffs = new Dictionary<string, string>();
        if (withDiff && found.Tree is { } tree)
        {
            progress.Report("reading changed files");
            diffs = await TreeTexts.DiffAsync(instance, tree, found.Application, cancellation).ConfigureAwait(false);
        }

        return Tell(instance.Definition, found, diffs);
    }

    /// <summary>Differences in words: version and upgrade jobs, the container, the configuration, the application.</summary>
    internal static IReadOnlyList<AsterisellDrift> Tell(
        AsterisellInstance instance, InstanceComparison found, IReadOnlyDictionary<string, string> diffs)
    {
        List<AsterisellDrift> told = [];
        bool isOtherVersion = found.Tree is { } tree && tree.Version != found.RunningVersion;
        if (isOtherVersion)
        {
            told.Add(New(DriftChange.Version, "VERSION", DriftEffect.Activation) with { Wanted = found.Tree!.Version, Running = found.RunningVersion });
        }

        told.AddRange((found.UpgradeJobs?.Pending ?? []).Select(job =>
            New(DriftChange.UpgradeJob, job, DriftEffect.UpgradeJobs) with { Wanted = "applied", Running = "pending" }));
        told.AddRange((found.UpgradeJobs?.Failed ?? []).Select(job =>
            New(DriftChange.UpgradeJob, job.Job, DriftEffect.Nothing) with
            {
                Wanted = "applied", Running = "failed", Note = $"It counts as applied all the same: {InstanceErrors.OneLine(SecretMask.Configuration(job.Message))}",
            }));
        told.AddRange(found.Container.Select(one =>
            New(DriftChange.Setting, one.Setting, one.Effect) with { Wanted = one.Wanted, Running = one.Running }));
        told.AddRange(found.ConfigurationFiles.Select(one => ConfigurationDrift.Of(instance, one)));
        told.AddRange(found.FormerConfiguration.Select(path => New(DriftChange.Removed, path, DriftEffect.Nothing) with { Note = "The inventory no longer asks for it." }));
        told.AddRange(found.Application
            .Where(one => one.IsBlocked || (one.Wanted?.Kind != TreeEntryKind.Folder && one.Running?.Kind != TreeEntryKind.Folder))
            .Where(one => !isOtherVersion || one.Path != "VERSION")
            .Select(one => OfApplication(one, found.Manifest)));
        return told;

        AsterisellDrift New(DriftChange change, string item, DriftEffect effect) => new(instance.Name, instance.HostName, change, item, effect);

        AsterisellDrift OfApplication(TreeDifference one, DeployedManifest? manifest) =>
            New(one.Change, $"{instance.AdminDirectory}/{one.Path}", one.Change == DriftChange.OperatorFile ? DriftEffect.Nothing : DriftEffect.Activation) with
            {
                WantedBytes = one.Wanted is { Kind: TreeEntryKind.File } wanted ? wanted.SizeBytes : null,
                RunningBytes = one.Running is { Kind: TreeEntryKind.File } running ? running.SizeBytes : null,
                EditedInside = one.IsEdited,
                Note = NoteOf(one, manifest),
                Diff = diffs.GetValueOrDefault(one.Path),
            };
    }

    private static string NoteOf(TreeDifference one, DeployedManifest? manifest) => one switch
    {
        { IsBlocked: true } => $"There is a {one.Running!.Kind.ToString().ToLowerInvariant()} in its place.",
        { IsEdited: true } => "It was edited in the instance.",
        { Change: DriftChange.Added } when manifest?.Find(one.Path) is not null => "It was removed in the instance.",
        _ => "",
    };
}
