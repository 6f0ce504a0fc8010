using Asterisell.Engine.Backup.Manifest;
using Asterisell.Engine.Backup.Restore.Database;

namespace Asterisell.Engine.Backup.Restore;

/// <summary>Where new data come from: a snapshot, an instance that runs, or the application's own backup.</summary>
internal interface IRestoreSource
{
    /// <summary>As messages name it: a folder, or <c>host/name</c>.</summary>
    string Label { get; }

    /// <summary>Instance that the data are of.</summary>
    ManifestInstance Origin { get; }

    /// <summary>Name of the database that the texts were dumped from.</summary>
    string DatabaseName { get; }

    /// <summary>Directories whose files it holds, with their sizes, about.</summary>
    IReadOnlyList<ManifestSource> Directories { get; }

    /// <summary>Where the instance's own files lie in it.</summary>
    string AdminDirectory { get; }

    /// <summary>The same of the customers' application.</summary>
    string UserDirectory { get; }

    /// <summary>False where views, triggers and routines are made anew by the application afterwards, as its own restore does.</summary>
    bool HasObjects => true;

    /// <summary>Bytes of rows that come by <see cref="LoadRowFilesAsync"/>.</summary>
    long RowFileBytes => 0;

    /// <summary>What an operator should know of it.</summary>
    IReadOnlyList<string> Notes => [];

    /// <summary>Called when jobs and web are locked, before anything is read.</summary>
    Task BeginAsync(DataReplacement replacement, CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>What a database must hold that its data came into. Rows and days may be known only when everything was read to its end.</summary>
    /// <param name="tables">Tables that come in; null for the whole database.</param>
    ExpectedDatabase Expect(IReadOnlyList<string>? tables);

    /// <summary>The texts of the database, or those that the rows of some tables need.</summary>
    IReadOnlyList<SqlPiece> Pieces(IReadOnlyList<string>? tables = null);

    /// <summary>Loads rows that are no text of SQL; called when all tables are there, before any trigger is.</summary>
    Task LoadRowFilesAsync(DataReplacement replacement, Action<long> onBytes, CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>Called when all texts were read: refuses them where they are not everything that there was.</summary>
    Task RequireWholeAsync(CancellationToken cancellation);

    /// <summary>Chosen files as one tar.</summary>
    /// <param name="rename">Gives the absolute path that an entry gets; null leaves it out.</param>
    Stream OpenFiles(Func<SnapshotEntry, string?> rename);
}
