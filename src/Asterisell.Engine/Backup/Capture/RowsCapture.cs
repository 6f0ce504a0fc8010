using Asterisell.Engine.Backup.Capture.Ranges;
using Asterisell.Engine.Instances;

namespace Asterisell.Engine.Backup.Capture;

/// <summary>Takes the rows of all tables: by several dumps of one moment where the server allows that, else by one dump.</summary>
internal sealed class RowsCapture(
    BackupRun run, IDatabaseClients clients, ClientSession session, DatabaseFacts facts, TableShapes shapes, IReadOnlyList<string> user, int streams)
{
    /// <summary>Takes them.</summary>
    /// <param name="program">What the dumping program says it is.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<RowsTaken> TakeAsync(string program, CancellationToken cancellation)
    {
        IReadOnlyList<RangeTable> tables = RangeTable.Find(facts, shapes);
        EarlierRanges earlier = await EarlierRanges.OpenAsync(run.Earlier, tables, facts.ServerVersion, program, cancellation).ConfigureAwait(false);
        if (tables.Count > 0 && streams > 1)
        {
            string? why = WhyNot();
            OneMomentRows rows = new(run, clients, session, facts, user, tables, earlier, streams);
            if (why is null && await rows.TakeAsync(reason => why = reason, cancellation).ConfigureAwait(false) is { } taken)
            {
                return taken;
            }

            run.Note($"All rows were dumped by one program, also those that did not change: {why}.");
        }

        return await new OneDumpRows(run, clients, session, facts, user, tables, earlier).TakeAsync(cancellation).ConfigureAwait(false);
    }

    private string? WhyNot() => !facts.IsRoot ? "the server's root has another password than the application"
        : !facts.IsAtLeast(10, 4) ? $"the database server {facts.ServerVersion} has no BACKUP STAGE"
        : null;
}
