using Asterisell.Engine.Deployment.Configuration;
using Asterisell.Engine.Deployment.Containers;
using Asterisell.Engine.Deployment.Drift;
using Asterisell.Engine.Deployment.Install;
using Asterisell.Engine.Deployment.Release;
using Asterisell.Engine.Instances;

namespace Asterisell.Engine.Deployment.Update;

/// <summary>What the phases of one update share.</summary>
internal sealed class UpdateWorld(IInstance instance, UpdateOptions options, UpdateWanted wanted, JournalStore store, UpdateTrace trace, UpdateJournal journal)
{
    public IInstance Instance { get; } = instance;

    public AsterisellInstance Definition => Instance.Definition;

    public UpdateOptions Options { get; } = options;

    /// <summary>What the instance should be.</summary>
    public UpdateWanted Wanted { get; } = wanted;

    public JournalStore Store { get; } = store;

    public UpdateTrace Trace { get; } = trace;

    public WebHold Web { get; } = new(instance);

    public ContainerFiles Files { get; } = new(instance.Docker, instance.Definition.ContainerName);

    /// <summary>How far it is; in memory it may be ahead of what is written down until the next phase begins.</summary>
    public UpdateJournal Journal { get; private set; } = journal;

    /// <summary>Changes what is known; it is written down with the next phase.</summary>
    public void Set(Func<UpdateJournal, UpdateJournal> change) => Trace.Journal = Journal = change(Journal);

    /// <summary>Adds something that is told at the end.</summary>
    public void Note(string note) => Set(journal => journal.Notes.Contains(note) ? journal : journal with { Notes = [.. journal.Notes, note] });

    /// <summary>Changes what is known when it is written down; where that fails, nothing was changed.</summary>
    public async Task SaveAsync(Func<UpdateJournal, UpdateJournal> change, CancellationToken cancellation)
    {
        UpdateJournal next = change(Journal);
        await Store.WriteAsync(next, cancellation).ConfigureAwait(false);
        Set(_ => next);
    }

    /// <summary>Runs one of the fixed scripts.</summary>
    public Task<string> RunAsync(string task, string script, string[] parameters, IEnumerable<string>? input, CancellationToken cancellation) =>
        UpdateScripts.RunAsync(Instance, task, script, parameters, input, cancellation);
}

/// <summary>What an instance should be, and where it is not so.</summary>
/// <param name="Found">The comparison of both.</param>
internal sealed record UpdateWanted(InstanceComparison Found)
{
    /// <summary>True when the whole configuration is written.</summary>
    public required bool WithConfiguration { get; init; }

    /// <summary>The application, without what the configuration writes; null where it is not updated.</summary>
    public ReleaseTree? Tree => Found.Tree;

    /// <summary>Files of the application to be written.</summary>
    public IReadOnlyList<TreeDifference> Written { get; } =
        [.. Found.Application.Where(one => one.Change is DriftChange.Added or DriftChange.Changed)];

    /// <summary>Files of an earlier release to be removed.</summary>
    public IReadOnlyList<TreeDifference> Removed { get; } = [.. Found.Application.Where(one => one.Change == DriftChange.Removed)];

    /// <summary>
    /// Configuration files to be written. What the application reads when it is activated belongs to the application: <c>app.yml</c> names the
    /// upgrade jobs of its release. Passwords of the database are left: the application's and MariaDB's have to change together.
    /// </summary>
    public IReadOnlyList<FileDifference> Differing =>
        [.. Found.ConfigurationFiles.Where(one => !InstallSteps.IsCredentials(one.File) && (WithConfiguration || one.File.Effect == DriftEffect.Activation))];

    /// <summary>Where the rate engine comes from; null where the present one stays.</summary>
    public RateEngineOrigin? RateEngine { get; init; }

    /// <summary>True when there is something to do.</summary>
    public bool IsNeeded =>
        Written.Count + Removed.Count + Differing.Count > 0 || RateEngine is not null || (Tree is not null && Found.UpgradeJobs is { Pending.Count: > 0 });
}

/// <summary>Where a new rate engine comes from.</summary>
internal enum RateEngineOrigin
{
    /// <summary>It is compiled in the instance.</summary>
    Build,

    /// <summary>A file of this machine.</summary>
    File,
}
