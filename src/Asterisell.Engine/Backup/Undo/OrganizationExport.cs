using Asterisell.Engine.Instances;

namespace Asterisell.Engine.Backup.Undo;

/// <summary>The readable export of organizations, YAML: as points keep it, and as the application writes it now.</summary>
internal static class OrganizationExport
{
    private const int MostBytes = 16 * 1024 * 1024;

    private const string Question = "SELECT yaml_export_at_date AS content FROM ar_organization_backup_of_changes WHERE id = @id AND LENGTH(yaml_export_at_date) <= @limit";

    /// <summary>The export of a point; null where it has none that can be read.</summary>
    public static async Task<string?> FindAsync(IInstance instance, long id, CancellationToken cancellation)
    {
        var values = new Dictionary<string, object?> { ["id"] = id, ["limit"] = MostBytes };
        await foreach (SqlRow row in instance.Database.QueryAsync(Question, values, cancellation).ConfigureAwait(false))
        {
            return row["content"] is { Length: > 0 } content ? await TryReadAsync(content, cancellation).ConfigureAwait(false) : null;
        }

        return null;
    }

    /// <summary>
    /// The export of now. The application's command takes the job lock for a moment, so it is not asked for while a pass runs: then null.
    /// </summary>
    public static async Task<string?> MakeAsync(IInstance instance, CancellationToken cancellation)
    {
        if (await instance.Application.DescribeActivityAsync(cancellation).ConfigureAwait(false) is not null)
        {
            return null;
        }

        ApplicationRun run = await instance.Application.RunAsync(["data", "export-organizations"], [], TimeSpan.FromMinutes(2), cancellation).ConfigureAwait(false);
        return run.Outcome.ExitCode == 0 ? Cut(run.Outcome.OutputText) : null;
    }

    /// <summary>Takes the application's own words off: that it has the job lock, and the notice that cron is locked.</summary>
    internal static string Cut(string output)
    {
        string[] lines = output.ReplaceLineEndings("\n").Split('\n');
        int start = Array.FindIndex(lines, line => line.StartsWith("Ok: there are no running Jobs", StringComparison.Ordinal)) + 1;
        int end = Array.FindIndex(lines, start, line => line.StartsWith("WARNING:", StringComparison.Ordinal));
        return string.Join('\n', lines[start..(end < 0 ? lines.Length : end)]).Trim('\n') + "\n";
    }

    private static async Task<string?> TryReadAsync(string content, CancellationToken cancellation)
    {
        try
        {
            Stream text = UndoBlob.Open(content, MostBytes);
            await using (text.ConfigureAwait(false))
            {
                using var reader = new StreamReader(text);
                return await reader.ReadToEndAsync(cancellation).ConfigureAwait(false) is { Length: > 0 } yaml ? yaml : null;
            }
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
