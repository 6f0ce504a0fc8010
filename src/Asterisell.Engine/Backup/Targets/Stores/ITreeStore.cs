using Asterisell.Engine.Backup.Verification;
using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Backup.Targets.Stores;

/// <summary>Keeps trees of files that are no folders of this machine: what a remote target stands on. It knows nothing of their content.</summary>
internal interface ITreeStore : IAsyncDisposable
{
    /// <summary>The address of an instance's snapshots, or of one of them, as an operator reads it.</summary>
    string AddressOf(string host, string instance, string? id);

    /// <summary>Every snapshot that shows.</summary>
    Task<IReadOnlyList<StoredTree>> ListAsync(Func<string, string, bool> isWanted, CancellationToken cancellation);

    /// <summary>Brings the content of a local folder here, judges it by its listing, and lets it show.</summary>
    Task<StoredTree> StoreAsync(string folder, SnapshotName name, IOperationProgress? progress, CancellationToken cancellation);

    /// <summary>Copies files of a tree into a local folder that is there and empty.</summary>
    /// <param name="tree">One that was listed.</param>
    /// <param name="folder">Where to.</param>
    /// <param name="wanted">Told relative paths; more than wanted may come. Null for all.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellation">Ends it.</param>
    Task FetchAsync(StoredTree tree, string folder, Func<string, bool>? wanted, IOperationProgress? progress, CancellationToken cancellation);

    /// <summary>Compares what is there with a listing.</summary>
    /// <param name="folder">Local folder with <c>files.jsonl</c>.</param>
    /// <param name="tree">One that was listed.</param>
    /// <param name="findings">Told what is wrong.</param>
    /// <param name="cancellation">Ends it.</param>
    Task JudgeAsync(string folder, StoredTree tree, FindingList findings, CancellationToken cancellation);

    /// <summary>Removes trees; all or, told by an exception beforehand, none.</summary>
    Task RemoveAsync(IReadOnlyList<StoredTree> trees, IOperationProgress? progress, CancellationToken cancellation);

    /// <summary>Removes the tiny tree that a test of the target stored, and what was made for it.</summary>
    Task RemoveProbeAsync(StoredTree tree, CancellationToken cancellation);
}

/// <summary>Which snapshot.</summary>
/// <param name="Host">Docker host.</param>
/// <param name="Instance">Instance.</param>
/// <param name="Id">UTC time, as <c>SnapshotId</c> writes it.</param>
internal sealed record SnapshotName(string Host, string Instance, string Id)
{
    public override string ToString() => $"{Host}/{Instance} {Id}";

    public static SnapshotName Of(AsterisellBackup backup) => new(backup.HostName, backup.Name, backup.SnapshotId);
}

/// <summary>A snapshot that a store shows.</summary>
/// <param name="Name">Which.</param>
/// <param name="Key">Another one when its manifest is another: what was read of it before is then not believed.</param>
internal sealed record StoredTree(SnapshotName Name, string Key);
