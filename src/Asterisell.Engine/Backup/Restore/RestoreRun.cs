using Asterisell.Engine.Backup.Restore.Database;
using Asterisell.Engine.Backup.Sanitize;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Backup.Restore;

/// <summary>The work of one restore: what it brings, judges and exchanges, and what it has to tell.</summary>
internal sealed class RestoreRun(IInstance instance, IRestoreSource source, RestoreOptions options, StepLog log, IOperationProgress? progress)
{
    private readonly RestoreFiles _files = new(source, instance.Definition, options.Include);
    private readonly List<string> _notes = [];
    private AsterisellBackup? _safety;
    private IReadOnlyList<string> _applied = [];
    private SanitizeSummary? _masked;

    private IReadOnlyList<string>? Tables => options.Tables.Count > 0 ? options.Tables : null;

    private bool WithDatabase => Tables is not null || options.Include.HasFlag(RestoreContent.Database);

    private ExpectedDatabase Expected => source.Expect(Tables).Without(_masked?.EmptiedTables ?? []);

    /// <summary>Refuses what cannot go well, before anything is changed.</summary>
    public async Task PrepareAsync(CancellationToken cancellation)
    {
        foreach (string table in options.Tables.Where(name => !source.Expect(null).Rows.ContainsKey(name)))
        {
            throw RestoreErrors.RestoreTableNotInBackup(instance.Definition, table);
        }

        _files.Check();
        if (options.Sanitize is not null && (Tables is not null || options.Include != RestoreContent.Database))
        {
            throw SanitizeErrors.SanitizeDatabaseOnly(instance.Definition.ToString());
        }

        long database = WithDatabase ? source.Pieces(Tables).Sum(piece => piece.TextBytes) + source.RowFileBytes : 0;
        await RestoreSpace.RequireAsync(instance, database, _files.SizeBytes, cancellation).ConfigureAwait(false);
    }

    /// <summary>Everything between the locks and the moment at which the new data are final.</summary>
    public async Task ReplaceAsync(DataReplacement replacement, TimeProvider clock, CancellationToken cancellation)
    {
        if (replacement.Recovered is { } recovered)
        {
            _notes.Add(recovered);
        }

        if (options.SafetyDestination is { } destination)
        {
            _safety = await log.RunAsync("SafetyBackup", "backing up the present data", progress, () => BackUpAsync(destination, clock, cancellation)).ConfigureAwait(false);
        }

        await BeginAsync(replacement, cancellation).ConfigureAwait(false);
        string? objects = WithDatabase ? await LoadAsync(replacement, cancellation).ConfigureAwait(false) : null;
        if (_files.IsWanted)
        {
            await log.RunAsync("Files", "bringing the files", progress, () => StageFilesAsync(replacement, cancellation)).ConfigureAwait(false);
        }

        MaskedCopy mask = new(replacement, progress);
        if (options.Sanitize is { } sanitize)
        {
            _masked = await log.RunAsync("Sanitize", "masking", progress, () => mask.MaskAsync(sanitize, cancellation)).ConfigureAwait(false);
            await mask.StageSettingsAsync(cancellation).ConfigureAwait(false);
        }

        await log.RunAsync("Exchange", "exchanging the data", progress, () => replacement.SwapAsync(
            Tables is null ? objects : null, WithDatabase ? Tables : [], [.. _files.Places, .. mask.Places], cancellation)).ConfigureAwait(false);
        if (_masked is not null)
        {
            replacement.KeepJobsLocked();
        }

        if (WithDatabase)
        {
            await log.RunAsync("Judge", "comparing the restored rows", progress, () => JudgeAsync(replacement, replacement.Names.Live, cancellation)).ConfigureAwait(false);
            await FinishDatabaseAsync(replacement, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>What is told of it.</summary>
    public RestoreOutcome End() => new()
    {
        Replaced = (options.Include & ~(RestoreContent.Database | RestoreContent.Table))
            | (Tables is not null ? RestoreContent.Table : options.Include & RestoreContent.Database),
        Rows = WithDatabase ? Expected.Rows : new Dictionary<string, long>(),
        Safety = _safety,
        AppliedUpgradeJobs = _applied,
        Sanitized = _masked,
        Notes = [.. _notes, .. source.Notes],
    };

    private async Task<AsterisellBackup> BackUpAsync(string destination, TimeProvider clock, CancellationToken cancellation)
    {
        try
        {
            return await new ProvenBackup(clock).MakeAsync(instance, destination, progress ?? Silence.Instance, cancellation).ConfigureAwait(false);
        }
        catch (AsterisellException failure)
        {
            throw RestoreErrors.RestoreSafetyBackupFailed(instance.Definition, failure);
        }
    }

    private async Task BeginAsync(DataReplacement replacement, CancellationToken cancellation)
    {
        try
        {
            await source.BeginAsync(replacement, cancellation).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw RestoreErrors.RestoreBackupUnreadable(instance.Definition.ToString(), source.Label, failure.Message);
        }
    }

    /// <summary>Loads beside the present database and judges there.</summary>
    /// <returns>Statements for the views, triggers, routines and events.</returns>
    private async Task<string> LoadAsync(DataReplacement replacement, CancellationToken cancellation)
    {
        await log.RunAsync("Load", "loading the database", progress, () => LoadPiecesAsync(replacement, cancellation)).ConfigureAwait(false);
        await source.RequireWholeAsync(cancellation).ConfigureAwait(false);
        return await log.RunAsync("Compare", "comparing what was loaded", progress, async () =>
        {
            await JudgeAsync(replacement, replacement.Names.Staging, cancellation).ConfigureAwait(false);
            return Tables is null ? await replacement.DumpStagedObjectsAsync(cancellation).ConfigureAwait(false) : string.Empty;
        }).ConfigureAwait(false);
    }

    private async Task LoadPiecesAsync(DataReplacement replacement, CancellationToken cancellation)
    {
        IReadOnlyList<SqlPiece> pieces = source.Pieces(Tables);
        long all = Math.Max(1, pieces.Sum(piece => piece.TextBytes) + source.RowFileBytes);
        long sent = 0;
        int said = -1;
        await replacement.Database.CreateAsync(cancellation).ConfigureAwait(false);
        try
        {
            await replacement.Database.LoadTablesAsync(pieces, Told, cancellation).ConfigureAwait(false);
            await source.LoadRowFilesAsync(replacement, Told, cancellation).ConfigureAwait(false);
            await replacement.Database.LoadObjectsAsync(pieces, source.DatabaseName, replacement.Identity.AdminUser, Told, cancellation).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw RestoreErrors.RestoreBackupUnreadable(instance.Definition.ToString(), source.Label, failure.Message);
        }

        void Told(long bytes)
        {
            int percent = (int)Math.Min(99, Interlocked.Add(ref sent, bytes) * 100 / all);
            if (Interlocked.Exchange(ref said, percent) != percent)
            {
                progress?.Report("loading the database", percent);
            }
        }
    }

    private async Task StageFilesAsync(DataReplacement replacement, CancellationToken cancellation)
    {
        try
        {
            Stream tar = source.OpenFiles(_files.Rename);
            await using (tar.ConfigureAwait(false))
            {
                await replacement.Files.StageAsync(tar, cancellation).ConfigureAwait(false);
            }
        }
        catch (Exception failure) when (failure is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw RestoreErrors.RestoreBackupUnreadable(instance.Definition.ToString(), source.Label, failure.Message);
        }
    }

    private async Task JudgeAsync(DataReplacement replacement, string database, CancellationToken cancellation)
    {
        IReadOnlyList<string> differences = await new RowJudge(instance, replacement.Clients)
            .CompareAsync(database, Expected, cancellation).ConfigureAwait(false);
        if (differences.Count > 0)
        {
            throw RestoreErrors.RestoreRowsDiffer(instance.Definition, RestoreErrors.Some(differences));
        }
    }

    private async Task FinishDatabaseAsync(DataReplacement replacement, CancellationToken cancellation)
    {
        IReadOnlyList<string> granted = await CustomerGrants.CompleteAsync(replacement.Session, replacement.Identity, cancellation).ConfigureAwait(false);
        if (granted.Count > 0)
        {
            _notes.Add($"The customers' database user got its rights on {granted.Count} tables that were not there before: {string.Join(", ", granted.Take(5))}.");
        }

        if (Tables is null && options.ApplyUpgradeJobs)
        {
            _applied = await log.RunAsync(
                "UpgradeJobs", "looking for upgrade jobs", progress,
                () => RestoredUpgrade.ApplyAsync(replacement, source.HasObjects ? null : Expected.Objects, progress, cancellation)).ConfigureAwait(false);
        }
    }

    private sealed class Silence : IOperationProgress
    {
        public static Silence Instance { get; } = new();

        public void Report(string value)
        {
        }

        public void Report(string step, int percent)
        {
        }
    }
}
