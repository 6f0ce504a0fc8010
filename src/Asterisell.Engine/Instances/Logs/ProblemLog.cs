using System.Runtime.CompilerServices;

namespace Asterisell.Engine.Instances;

/// <summary>The problems of one instance, read from <c>ar_new_problem</c>.</summary>
/// <remarks>
/// Not from <c>ar_current_problem</c>: the application empties and refills that table without a transaction, so it can be seen empty.
/// <c>created_at</c> is the database server's clock; the server itself turns it into UTC.
/// </remarks>
public sealed class ProblemLog
{
    /// <summary>The application's internal log, which its own pages hide.</summary>
    private const int InternalLog = 50;

    private const string Query = """
        SELECT p.duplication_key AS id, p.ar_problem_type_id AS type, COALESCE(d.name, '') AS domain, COALESCE(r.name, '') AS responsible,
          UNIX_TIMESTAMP(p.created_at) AS seen, COALESCE(p.count_of_cdrs, 0) AS calls, COALESCE(p.description, '') AS description,
          COALESCE(p.effect, '') AS effect, COALESCE(p.proposed_solution, '') AS solution
        FROM ar_new_problem AS p
        LEFT JOIN ar_problem_domain AS d ON d.id = p.ar_problem_domain_id
        LEFT JOIN ar_problem_responsible AS r ON r.id = p.ar_problem_responsible_id
        WHERE p.ar_problem_type_id >= @least AND p.ar_problem_type_id < @hidden
        ORDER BY p.created_at DESC, p.duplication_key
        """;

    private readonly AsterisellInstance _instance;
    private readonly IInstanceDatabase _database;

    internal ProblemLog(AsterisellInstance instance, IInstanceDatabase database) => (_instance, _database) = (instance, database);

    /// <summary>Problems, newest first.</summary>
    /// <param name="minimum">Only those at least this severe.</param>
    /// <param name="cancellation">Ends the statement.</param>
    public async IAsyncEnumerable<InstanceProblem> ListAsync(ProblemSeverity minimum, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var values = new Dictionary<string, object?> { ["least"] = (int)minimum * 10, ["hidden"] = InternalLog };
        await foreach (SqlRow row in _database.QueryAsync(Query, values, cancellation).ConfigureAwait(false))
        {
            yield return new InstanceProblem(
                _instance.Name,
                _instance.HostName,
                (ProblemSeverity)(row.Whole("type")!.Value / 10),
                row["domain"]!,
                row.Number("seen") is { } seconds and > 0 ? DateTimeOffset.UnixEpoch.AddSeconds((double)seconds) : null,
                row.Whole("calls")!.Value,
                row["description"]!,
                row["effect"]!,
                row["solution"]!,
                row["responsible"]!,
                row["id"] ?? "");
        }
    }
}
