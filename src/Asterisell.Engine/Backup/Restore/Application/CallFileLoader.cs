using System.Globalization;
using Asterisell.Engine.Backup.Capture;
using Asterisell.Engine.Backup.OwnFiles;
using Asterisell.Engine.Backup.Restore.Database;
using Asterisell.Engine.Instances;

namespace Asterisell.Engine.Backup.Restore.Application;

/// <summary>Loads the application's files of calls, by the server's own LOAD DATA: they never leave the container.</summary>
/// <remarks>
/// By the client (LOCAL), who is root there: the server may not read the folder, which is why the application copies every file first. Every
/// warning counts: it is a value that was not taken as it stands.
/// </remarks>
/// <param name="instance">Where.</param>
/// <param name="clients">Starts clients.</param>
/// <param name="database">Database that is loaded into.</param>
internal sealed class CallFileLoader(IInstance instance, IDatabaseClients clients, string database)
{
    /// <summary>Columns in the order of the files, which have no header.</summary>
    private static readonly Dictionary<string, string> Columns = new(StringComparer.Ordinal)
    {
        ["ar_source_cdr"] = "ar_cdr_provider_id, ar_physical_format_id, calldate, is_imported_service_cdr, content",
        ["ar_cdr"] = """
            calldate, to_calldate, count_of_calls, is_imported_service_cdr, destination_type, is_redirect, duration, billsec, ar_organization_unit_id,
            cached_parent_id_hierarchy, billable_ar_organization_unit_id, bundle_ar_organization_unit_id, income, cost_saving, ar_vendor_id,
            ar_communication_channel_type_id, cost, expected_cost, ar_telephone_prefix_id, cached_external_telephone_number,
            external_telephone_number_with_applied_portability, cached_masked_external_telephone_number, error_destination_type,
            ar_problem_duplication_key, debug_cost_rate, debug_income_rate, debug_residual_income_rate, debug_residual_call_duration,
            debug_bundle_left_calls, debug_bundle_left_duration, debug_bundle_left_cost
            """,
    };

    /// <summary>A column that no file has gets its default, be it none.</summary>
    private const string NoDefault = "1364";

    /// <summary>Loads all files; the two tables side by side, the days of each in their order, since every row gets its number there.</summary>
    /// <param name="files">Files, with their rows counted.</param>
    /// <param name="onBytes">Told bytes loaded more, from any thread.</param>
    /// <param name="cancellation">Ends the clients.</param>
    /// <exception cref="AsterisellException"><c>ApplicationBackupDamaged</c>, or what the server says.</exception>
    public async Task LoadAsync(ApplicationFiles files, Action<long>? onBytes, CancellationToken cancellation)
    {
        using CancellationTokenSource failed = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task[] tables = [.. OwnJob.All.Where(job => job.Table is not null).Select(job => LoadOrEndAsync(job))];
        try
        {
            await Task.WhenAll(tables).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            await tables.First(table => table.IsFaulted).ConfigureAwait(false);
        }

        async Task LoadOrEndAsync(OwnJob job)
        {
            try
            {
                await LoadAsync(job.Table!, files.Root, files.Days[job.Type], onBytes, failed.Token).ConfigureAwait(false);
            }
            catch
            {
                await failed.CancelAsync().ConfigureAwait(false);
                throw;
            }
        }
    }

    private async Task LoadAsync(string table, string root, IReadOnlyList<CallFile> files, Action<long>? onBytes, CancellationToken cancellation)
    {
        ClientSession session = await ClientSession
            .StartAsync(instance, clients, [.. RootSession.Arguments(database), "--local-infile=1"], cancellation).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            await session.AskAsync("SET SESSION foreign_key_checks = 0, unique_checks = 0, sql_mode = '', net_read_timeout = 3600", cancellation).ConfigureAwait(false);
            foreach (CallFile file in files.Where(file => file.SizeBytes > 0))
            {
                Judge(file, await session.AskAsync(Statement(table, $"{root}/{file.Path}"), cancellation).ConfigureAwait(false));
                onBytes?.Invoke(file.SizeBytes);
            }
        }
    }

    private static string Statement(string table, string path) => $"""
        LOAD DATA LOCAL INFILE '{path.Replace("\\", @"\\", StringComparison.Ordinal).Replace("'", @"\'", StringComparison.Ordinal)}' INTO TABLE {table}
        CHARACTER SET utf8mb4 FIELDS TERMINATED BY ',' OPTIONALLY ENCLOSED BY '"' ESCAPED BY '\\' LINES TERMINATED BY '\r\n' ({Columns[table]});
        SELECT ROW_COUNT();
        SHOW WARNINGS LIMIT 3
        """;

    private void Judge(CallFile file, IReadOnlyList<string[]> answer)
    {
        string[][] warnings = [.. answer.Skip(1).Where(row => row.Length > 2 && row[1] != NoDefault)];
        string expected = file.Rows.ToString(CultureInfo.InvariantCulture);
        string loaded = answer is [[var rows], ..] ? rows : "0";
        string? why = loaded != expected ? $"{file.Path} has {expected} whole rows, and the database found {loaded}: it is cut"
            : warnings.Length > 0 ? $"{file.Path}: {warnings[0][2]}"
            : null;
        if (why is not null)
        {
            throw ApplicationBackupErrors.ApplicationBackupDamaged(instance.Definition, [why]);
        }
    }
}
