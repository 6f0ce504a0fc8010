using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Asterisell.Engine.Backup.Capture;
using Asterisell.Engine.Backup.Targets;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Instances.Power;
using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Backup.Undo;

/// <summary>Restores a former state of organizations or of a rate, with the state before saved first, and calls rated again afterwards.</summary>
public sealed class UndoRestore(IInstance instance, TimeProvider? clock = null)
{
    private static readonly TimeSpan RestoreLimit = TimeSpan.FromSeconds(15);

    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private readonly DateTimeOffset _startedAt = (clock ?? TimeProvider.System).GetUtcNow();
    private readonly long _start = Stopwatch.GetTimestamp();

    private AsterisellInstance Definition => instance.Definition;

    /// <summary>The failure that several undo points of organizations were named for one instance.</summary>
    public static AsterisellException Ambiguous(AsterisellInstance instance) => UndoErrors.UndoPointAmbiguous(instance?.ToString() ?? "");

    /// <summary>What would be done, in words.</summary>
    public static IEnumerable<string> Describe(UndoKind kind, long id, UndoOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        string number = id.ToString(CultureInfo.InvariantCulture);
        string wait = options.DrainLimit.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
        yield return $"Read the former state {number} and prove that it is whole";
        yield return $"Keep jobs from starting and wait for a running pass, {wait} s at most";
        yield return $"Save the state before in {options.Destination ?? FolderOf()}{(kind == UndoKind.Rate ? "" : " and as a new undo point")}";
        yield return kind == UndoKind.Rate
            ? $"Put the previous version of rate {number} in force, and the one in force in its place"
            : $"Make organizations and users as undo point {number} has them, in one transaction, and compare";
        yield return "Schedule that calls are rated again, and let jobs start as before";
    }

    /// <summary>Restores one.</summary>
    /// <param name="kind">Of what.</param>
    /// <param name="id">Its row.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Told the steps; null for nobody.</param>
    /// <param name="cancellation">Ends it; until the change is committed, nothing is changed.</param>
    /// <exception cref="AsterisellException">
    /// <c>UndoPointNotFound</c>, <c>UndoPointDamaged</c>, <c>JobsStillRunning</c>, <c>UndoFileNotWritten</c>, <c>UndoNotApplied</c>: nothing was
    /// changed; <c>UndoPutBack</c>; <c>RerateNotScheduled</c>: it is restored; and those of the database.
    /// </exception>
    public async Task<UndoResult> RestoreAsync(
        UndoKind kind, long id, UndoOptions options, IProgress<string>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        progress?.Report("reading the former state");
        UndoResult result = new(Definition.Name, Definition.HostName, "RestoreUndo", OperationStatus.Succeeded, _startedAt, TimeSpan.Zero, "") { Kind = kind, Id = id };
        return kind == UndoKind.Rate
            ? await RestoreRateAsync(result, options, progress, cancellation).ConfigureAwait(false)
            : await RestoreOrganizationsAsync(result, options, progress, cancellation).ConfigureAwait(false);
    }

    private static string FolderOf() => Path.Combine(StateFolder.Root, "undo");

    private UndoResult End(UndoResult result, OperationStatus status, string message) => result with
    {
        Status = status, Message = message, Duration = Stopwatch.GetElapsedTime(_start),
    };

    /// <summary>Jobs as they were before, whatever happens.</summary>
    private async Task<UndoResult> WithoutJobsAsync(UndoOptions options, IProgress<string>? progress, Func<Task<UndoResult>> work, CancellationToken cancellation)
    {
        var cron = new CronKeeper(instance, await instance.Application.DrainJobsAsync(options.DrainLimit, progress, cancellation).ConfigureAwait(false));
        try
        {
            return await work().ConfigureAwait(false);
        }
        finally
        {
            // Also when cancelled: a cron that stays locked would stop the billing.
            using CancellationTokenSource soon = new(RestoreLimit);
            await cron.RestoreAsync(soon.Token).ConfigureAwait(false);
        }
    }

    private async Task<UndoResult> RestoreOrganizationsAsync(UndoResult result, UndoOptions options, IProgress<string>? progress, CancellationToken cancellation)
    {
        OrganizationPoint point = await OrganizationPoint.FindAsync(instance, result.Id, cancellation).ConfigureAwait(false);
        OrganizationTables tables = await OrganizationTables.ReadAsync(instance, cancellation).ConfigureAwait(false);
        RowIndex then;
        var reader = new DumpRows();
        try
        {
            then = await RowIndex.ReadAsync(tables, point.RowsAsync(reader, cancellation), cancellation).ConfigureAwait(false);
        }
        catch (InvalidDataException damage)
        {
            throw UndoErrors.UndoPointDamaged(Definition, UndoKind.Organizations, point.Id, damage.Message);
        }

        return await WithoutJobsAsync(options, progress, async () =>
        {
            string? yaml = await OrganizationExport.MakeAsync(instance, cancellation).ConfigureAwait(false);
            (SavedOrganizations saved, long? savedId, RowChanges changes) = await ChangeAsync(
                tables, point, reader.CharacterSet, then, yaml, options, progress, cancellation).ConfigureAwait(false);
            if (changes.IsEmpty)
            {
                File.Delete(saved.Path);
                return End(result, OperationStatus.Unchanged, "Organizations and users were in that state already.");
            }

            // From here on it is done, and what remains is done too: Ctrl+C must not leave calls rated by what is no more.
            progress?.Report("comparing");
            await VerifyAsync(tables, then, saved).ConfigureAwait(false);
            progress?.Report("scheduling the rating");
            DateTime? from = await new Rerating(instance).ScheduleAsync(
                options.RerateFrom, scheduled => scheduled <= options.RerateFrom, $"organizations and users were restored (the state before is in '{saved.Path}')",
                CancellationToken.None).ConfigureAwait(false);
            return End(
                result with { SavedTo = saved.Path, SavedId = savedId, Changes = changes.ToString(), RerateFrom = from },
                OperationStatus.Succeeded,
                $"Restored organizations and users ({changes}); the next pass rates calls again {Since(from)}; the state before is {(savedId is { } row ? $"undo point {row.ToString(CultureInfo.InvariantCulture)}" : "in a file")}.");
        }, cancellation).ConfigureAwait(false);
    }

    private async Task<(SavedOrganizations Saved, long? SavedId, RowChanges Changes)> ChangeAsync(
        OrganizationTables tables, OrganizationPoint point, string characterSet, RowIndex then, string? yaml, UndoOptions options, IProgress<string>? progress,
        CancellationToken cancellation)
    {
        var change = new OrganizationChange(instance, tables, characterSet);
        ClientSession session = await change.LockAsync(cancellation).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            progress?.Report("saving the state before");
            SavedOrganizations saved = await SavedOrganizations.SaveAsync(
                instance, tables, options.Destination ?? FolderOf(), _clock.GetUtcNow(), cancellation).ConfigureAwait(false);
            RowChanges changes = then.ChangesFrom(saved.Rows);
            long? savedId = null;
            if (!changes.IsEmpty)
            {
                savedId = await TrySaveAsync(saved, yaml, cancellation).ConfigureAwait(false);
                progress?.Report("restoring organizations and users");
                await ApplyAsync(change, session, point.RowsAsync(new DumpRows(), cancellation), then, saved, cancellation).ConfigureAwait(false);
            }

            return (saved, savedId, changes);
        }
    }

    private async Task ApplyAsync(
        OrganizationChange change, ClientSession session, IAsyncEnumerable<DumpRow> wanted, RowIndex then, SavedOrganizations now, CancellationToken cancellation)
    {
        try
        {
            await change.ApplyAsync(session, wanted, then, now.Rows, now.RowsAsync(new DumpRows(), cancellation), cancellation).ConfigureAwait(false);
        }
        catch (DatabaseException failure)
        {
            throw UndoErrors.UndoNotApplied(Definition, failure.Reason, failure);
        }
    }

    /// <summary>Dumps the tables once more. Where they are not as they should be, the state before is put back in the same way.</summary>
    private async Task VerifyAsync(OrganizationTables tables, RowIndex then, SavedOrganizations saved)
    {
        RowIndex now = await ReadNowAsync(tables).ConfigureAwait(false);
        RowChanges differences = now.ChangesFrom(then);
        if (differences.IsEmpty)
        {
            return;
        }

        try
        {
            var change = new OrganizationChange(instance, tables, saved.CharacterSet);
            ClientSession session = await change.LockAsync(CancellationToken.None).ConfigureAwait(false);
            await using (session.ConfigureAwait(false))
            {
                now = await ReadNowAsync(tables).ConfigureAwait(false);
                IAsyncEnumerable<DumpRow> current = PresentOrganizations.RowsAsync(instance, new DumpRows(), null, CancellationToken.None);
                await change.ApplyAsync(
                    session, saved.RowsAsync(new DumpRows(), CancellationToken.None), saved.Rows, now, current, CancellationToken.None).ConfigureAwait(false);
            }

            RowChanges left = (await ReadNowAsync(tables).ConfigureAwait(false)).ChangesFrom(saved.Rows);
            if (!left.IsEmpty)
            {
                throw new InvalidDataException($"the tables still differ ({left})");
            }
        }
        catch (Exception failure) when (failure is AsterisellException or IOException or InvalidDataException)
        {
            throw UndoErrors.UndoNotPutBack(Definition, failure is AsterisellException told ? told.Reason : failure.Message, saved.Path, failure);
        }

        throw UndoErrors.UndoPutBack(Definition, differences.ToString(), saved.Path);
    }

    private Task<RowIndex> ReadNowAsync(OrganizationTables tables) => RowIndex.ReadAsync(
        tables, PresentOrganizations.RowsAsync(instance, new DumpRows(), null, CancellationToken.None), CancellationToken.None);

    /// <summary>The file is there in any case.</summary>
    private async Task<long?> TrySaveAsync(SavedOrganizations saved, string? yaml, CancellationToken cancellation)
    {
        try
        {
            InstanceClock php = await new PhpClock(instance.Exec, Definition).ReadAsync(cancellation).ConfigureAwait(false);
            return await saved.AddToHistoryAsync(instance, php.ToLocal(_startedAt), yaml, cancellation).ConfigureAwait(false);
        }
        catch (AsterisellException)
        {
            return null;
        }
    }

    private static string Since(DateTime? from) => from is null || from == DateTime.MinValue
        ? "from the first that is not billed"
        : $"from {from.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}";

    private async Task<UndoResult> RestoreRateAsync(UndoResult result, UndoOptions options, IProgress<string>? progress, CancellationToken cancellation)
    {
        RateVersion rate = await RateVersion.FindAsync(instance, result.Id, cancellation).ConfigureAwait(false);
        if (rate.WhyNot is { } why || rate.InForce is null)
        {
            throw UndoErrors.UndoPointDamaged(Definition, UndoKind.Rate, rate.Id, rate.WhyNot ?? "the one in force is too large to be saved first");
        }

        if (rate.InForce == rate.Previous)
        {
            return End(result, OperationStatus.Unchanged, $"The previous version of the rate '{rate.Reference}' is the one in force.");
        }

        return await WithoutJobsAsync(options, progress, async () =>
        {
            progress?.Report("saving the version in force");
            string name = $"{Definition.HostName}-{Definition.Name}-rate-{rate.Id.ToString(CultureInfo.InvariantCulture)}-{rate.Reference}-{_startedAt.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}.txt";
            string saved = await UndoFiles.WriteAsync(
                options.Destination ?? FolderOf(), name, file => file.WriteAsync(ByteText.Encode(rate.InForce), cancellation).AsTask()).ConfigureAwait(false);
            progress?.Report("swapping the two versions");
            await SwapAsync(rate, cancellation).ConfigureAwait(false);
            DateTime? wanted = options.RerateFrom ?? rate.ValidFrom;
            DateTime? from = await new Rerating(instance).ScheduleAsync(
                wanted, scheduled => scheduled <= wanted, $"the rate '{rate.Reference}' was restored (the version before is in '{saved}')", CancellationToken.None).ConfigureAwait(false);
            (int removed, int added) = TextDiff.Count(rate.InForce, rate.Previous!);
            string changes = string.Create(CultureInfo.InvariantCulture, $"lines: {added} added, {removed} removed");
            return End(
                result with { SavedTo = saved, Changes = changes, RerateFrom = from },
                OperationStatus.Succeeded,
                $"The previous version of the rate '{rate.Reference}' is in force ({changes}); the next pass rates calls again {Since(from)}; the version before is its previous one now.");
        }, cancellation).ConfigureAwait(false);
    }

    /// <summary>In one statement, where nobody changed the rate since it was read; and looked at again.</summary>
    private async Task SwapAsync(RateVersion rate, CancellationToken cancellation)
    {
        var values = new Dictionary<string, object?> { ["id"] = rate.Id, ["now"] = Hash(rate.InForce!), ["previous"] = Hash(rate.Previous!) };
        await instance.Database.ExecuteAsync(
            "UPDATE ar_rate AS r JOIN (SELECT id, source_data_file, backup_source_data_file FROM ar_rate WHERE id = @id) AS old ON old.id = r.id"
            + " SET r.source_data_file = old.backup_source_data_file, r.backup_source_data_file = old.source_data_file, r.was_compiled = 0"
            + " WHERE SHA2(r.source_data_file, 256) = @now AND SHA2(r.backup_source_data_file, 256) = @previous",
            values, cancellation).ConfigureAwait(false);
        values.Remove("id");
        await foreach (SqlRow row in instance.Database.QueryAsync(
            "SELECT SHA2(source_data_file, 256) = @previous AND SHA2(backup_source_data_file, 256) = @now AS swapped FROM ar_rate WHERE id = "
            + rate.Id.ToString(CultureInfo.InvariantCulture), values, CancellationToken.None).ConfigureAwait(false))
        {
            if (row.Whole("swapped") == 1)
            {
                return;
            }
        }

        throw UndoErrors.RateChangedMeanwhile(Definition, rate.Id);
    }

    private static string Hash(string text) => Convert.ToHexString(SHA256.HashData(ByteText.Encode(text))).ToLowerInvariant();
}
