using Asterisell.Engine.Backup.Manifest;
using Asterisell.Engine.Backup.Restore.Database;

namespace Asterisell.Engine.Backup.Restore;

/// <summary>Where new data come from: a snapshot, or an instance that runs.</summary>
internal interface IRestoreSource
{
    /// <summary>As messages name it: a folder, or <c>host/name</c>.</summary>
    string Label { get; }

    /// <summary>
    /// What it holds. Rows and days of a running instance are known when its texts were read to their end; tables and sizes, about, before.
    /// </summary>
    SnapshotManifest Manifest { get; }

    /// <summary>Where the instance's own files lie in it.</summary>
    string AdminDirectory { get; }

    /// <summary>The same of the customers' application.</summary>
    string UserDirectory { get; }

    /// <summary>The texts of the database, or those that the rows of some tables need.</summary>
    IReadOnlyList<SqlPiece> Pieces(IReadOnlyList<string>? tables = null);

    /// <summary>Called when all texts were read: refuses them where they are not everything that there was.</summary>
    Task RequireWholeAsync(CancellationToken cancellation);

    /// <summary>Chosen files as one tar.</summary>
    /// <param name="rename">Gives the absolute path that an entry gets; null leaves it out.</param>
    Stream OpenFiles(Func<SnapshotEntry, string?> rename);
}
