using Asterisell.Engine.Deployment.Templates;
using Asterisell.Engine.Instances;

namespace Asterisell.Engine.Deployment.Database;

/// <summary>What the database of an instance holds, as far as an installation has to know.</summary>
/// <param name="Tables">Its tables and views; empty where there is no such database.</param>
/// <param name="RecordedJobs">Keys in <c>ar_application_upgrade</c>.</param>
/// <param name="HasData">True when it has calls, source calls, users or organizations: it is somebody's, and never made anew.</param>
internal sealed record DatabaseContent(IReadOnlySet<string> Tables, IReadOnlySet<string> RecordedJobs, bool HasData)
{
    private static readonly string[] DataTables = ["ar_cdr", "ar_source_cdr", "ar_user"];

    public static async Task<DatabaseContent> ReadAsync(AsterisellInstance instance, RootAccess root, CancellationToken cancellation)
    {
        string database = instance.Settings.Database.Name;
        IReadOnlyList<string[]> rows = await root.RunAsync(
            "listing tables", $"SELECT table_name FROM information_schema.tables WHERE table_schema = {SqlLiteral.Encode(database)};", cancellation).ConfigureAwait(false);
        HashSet<string> tables = [.. rows.Select(row => row[0])];
        string sql = string.Concat(DataTables.Where(tables.Contains).Select(table => $"SELECT 'data' FROM `{database}`.{table} LIMIT 1;\n"))
            + (tables.Contains("ar_application_upgrade") ? $"SELECT 'job', upg_key FROM `{database}`.ar_application_upgrade;\n" : "");
        IReadOnlyList<string[]> found = sql.Length == 0 ? [] : await root.RunAsync("looking for data", sql, cancellation).ConfigureAwait(false);
        return new DatabaseContent(
            tables,
            found.Where(row => row is ["job", _]).Select(row => row[1]).ToHashSet(StringComparer.Ordinal),
            found.Any(row => row[0] == "data"));
    }

    /// <summary>What is missing after the application's own installation, which says nothing of it.</summary>
    /// <param name="instance">Instance.</param>
    /// <param name="schemaTables">Tables of the application's schema file.</param>
    public IReadOnlyList<string> FindMissing(AsterisellInstance instance, IReadOnlyCollection<string> schemaTables)
    {
        JobSettings jobs = instance.Settings.Jobs;
        string[] tables = [.. schemaTables.Where(table => !Tables.Contains(table))];
        string[] keys = [.. JobLists.Upgrade(jobs, []).Concat(JobLists.Configure(jobs)).Where(job => !RecordedJobs.Contains(job)).Distinct()];
        return
        [
            .. Tables.Count == 0 ? ["there is no database"] : tables.Length > 0 ? [$"{tables.Length} tables are missing ({Some(tables)})"] : Array.Empty<string>(),
            .. Tables.Count > 0 && keys.Length > 0 ? [$"{keys.Length} of its jobs did not run ({Some(keys)})"] : Array.Empty<string>(),
        ];
    }

    private static string Some(string[] names) => string.Join(", ", names.Take(3)) + (names.Length > 3 ? ", …" : "");
}
