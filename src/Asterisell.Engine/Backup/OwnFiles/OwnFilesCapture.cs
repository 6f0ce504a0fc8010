using System.Globalization;
using Asterisell.Engine.Backup.Capture;
using Asterisell.Engine.Backup.Manifest;

namespace Asterisell.Engine.Backup.OwnFiles;

/// <summary>The application's own backups as a part of a snapshot.</summary>
internal sealed class OwnFilesCapture(BackupRun run)
{
    /// <summary>A finding as operators read it.</summary>
    public static string NoteOf(string finding) => $"The application's own backup: {finding}.";

    /// <summary>Makes the application back itself up, so that the snapshot takes what is new. Its failure is told, and no failure of the snapshot.</summary>
    public async Task MakeAsync(BackupOptions options, CancellationToken cancellation)
    {
        try
        {
            await run.StageAsync("OwnBackup", "the application backs itself up", async () =>
            {
                await OwnFilesRun.RunAsync(run.Instance, options.JobLimit, run.Progress, cancellation).ConfigureAwait(false);
                return true;
            }).ConfigureAwait(false);
        }
        catch (AsterisellException failure)
        {
            run.Note(NoteOf(failure.Reason.TrimEnd('.')));
            options.OnOwnBackupFailed?.Invoke(failure);
        }
    }

    /// <summary>Judges the files, against the calls a day that the database counted for the snapshot. Null, and a note, where it cannot be asked.</summary>
    /// <param name="database">What was taken of it.</param>
    /// <param name="reading">When the reading of files and database began: files written later are not compared.</param>
    /// <param name="cancellation">Ends the question.</param>
    public async Task<OwnFilesReport?> JudgeAsync(ManifestDatabase database, DateTimeOffset reading, CancellationToken cancellation)
    {
        try
        {
            OwnFilesFacts facts = await run.StageAsync(
                "OwnFiles", "judging the application's own backups", () => OwnFilesProbe.ReadAsync(run.Instance, countRows: true, cancellation)).ConfigureAwait(false);
            OwnFilesReport report = OwnFilesJudge.Judge(facts, Calls(database), reading);
            foreach (string finding in report.Findings)
            {
                run.Note(NoteOf(finding));
            }

            return report;
        }
        catch (AsterisellException failure)
        {
            run.Note(NoteOf($"it could not be judged: {failure.Reason.TrimEnd('.')}"));
            return null;
        }
    }

    /// <summary>A pass that runs meanwhile changes calls and files, one after the other: then nothing is compared.</summary>
    private static Dictionary<string, IReadOnlyDictionary<DateOnly, long>> Calls(ManifestDatabase database) =>
        database.Consistency.JobPassAtStart || database.Consistency.JobPassAtEnd
            ? []
            : database.Days.GroupBy(day => day.Table).ToDictionary(
                table => table.Key,
                table => (IReadOnlyDictionary<DateOnly, long>)table
                    .Where(day => DateOnly.TryParseExact(day.Day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
                    .ToDictionary(day => DateOnly.ParseExact(day.Day, "yyyy-MM-dd", CultureInfo.InvariantCulture), day => day.Rows),
                StringComparer.Ordinal);
}
