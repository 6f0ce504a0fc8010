using System.Runtime.CompilerServices;

namespace Asterisell.Engine.Instances;

/// <summary>Which jobs.</summary>
public sealed record JobQuery
{
    /// <summary>Only jobs created since, UTC; null for all of the four months that the application keeps.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Only jobs in these states; empty for all.</summary>
    public IReadOnlyCollection<JobState> States { get; init; } = [];

    /// <summary>Only rows with this id or a higher one; ids rise with time. Null for all.</summary>
    public long? FirstId { get; init; }

    /// <summary>At most so many, the newest; null for no limit.</summary>
    public int? Limit { get; init; }
}

/// <summary>The jobs of one instance, read from <c>ar_job_queue</c>.</summary>
/// <remarks>
/// The table is written with PHP's clock, <c>end_at</c> at every change of state. A row that says RUNNING is believed only while a pass
/// runs: after a crash it stays so until the next pass.
/// </remarks>
public sealed class JobLog
{
    private const string Columns = "SELECT id, state, created_at, end_at, internal_name, description FROM ar_job_queue ";

    /// <summary>Rows are in order but for event jobs, which wait in the queue; PHP's clock may jump by an hour.</summary>
    private static readonly TimeSpan Disorder = TimeSpan.FromHours(26);

    private readonly AsterisellInstance _instance;
    private readonly IInstanceDatabase _database;
    private readonly IApplication _application;
    private readonly PhpClock _clock;

    internal JobLog(AsterisellInstance instance, IInstanceDatabase database, IApplication application, PhpClock clock) =>
        (_instance, _database, _application, _clock) = (instance, database, application, clock);

    /// <summary>Jobs, newest first.</summary>
    public async IAsyncEnumerable<InstanceJob> ListAsync(JobQuery query, [EnumeratorCancellation] CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        InstanceClock clock = await _clock.ReadAsync(cancellation).ConfigureAwait(false);
        (string where, Dictionary<string, object?> values) = Condition(query);
        int given = 0;
        bool? passRuns = null;
        DateTimeOffset? newer = null;
        await foreach (SqlRow row in _database.QueryAsync(Columns + where + " ORDER BY id DESC", values, cancellation).ConfigureAwait(false))
        {
            DateTimeOffset? created = row.Time("created_at") is { } written ? clock.ToUtc(written, notAfter: newer) : null;
            newer = created ?? newer;
            if (created < query.Since - Disorder)
            {
                yield break;
            }

            if (created < query.Since)
            {
                continue;
            }

            var state = (JobState)row.Whole("state")!.Value;
            if (state == JobState.Running)
            {
                passRuns ??= (await _application.GetLocksAsync(cancellation).ConfigureAwait(false)).JobLock is { Holder: JobLockHolder.Running };
                state = passRuns.Value ? JobState.Running : JobState.Abandoned;
            }

            if (query.States.Count > 0 && !query.States.Contains(state))
            {
                continue;
            }

            yield return Job(row, state, created, clock);
            if (++given == query.Limit)
            {
                yield break;
            }
        }
    }

    private InstanceJob Job(SqlRow row, JobState state, DateTimeOffset? created, InstanceClock clock)
    {
        string description = row["description"] ?? "";
        int colon = description.IndexOf(':', StringComparison.Ordinal);
        string job = row["internal_name"] is { Length: > 0 } name ? name : colon > 0 ? description[..colon] : description;
        string message = colon > 0 && description[..colon] == job ? description[(colon + 1)..].Trim() : description;
        DateTimeOffset? ended = state is JobState.Done or JobState.Failed && row.Time("end_at") is { } written ? clock.ToUtc(written, notBefore: created) : null;
        return new InstanceJob(_instance.Name, _instance.HostName, row.Whole("id")!.Value, job, state, created, ended, message);
    }

    /// <summary>
    /// All jobs, or those that are done, are read backwards through the primary key until they are too old; the few in other states are
    /// found by the index of the state.
    /// </summary>
    private static (string Where, Dictionary<string, object?> Values) Condition(JobQuery query)
    {
        if (query.FirstId is { } first)
        {
            return ("FORCE INDEX (PRIMARY) WHERE id >= @first", new Dictionary<string, object?> { ["first"] = first });
        }

        if (query.States.Count == 0 || query.States.Contains(JobState.Done))
        {
            return ("FORCE INDEX (PRIMARY)", []);
        }

        int[] states = [.. query.States.Select(state => state == JobState.Abandoned ? (int)JobState.Running : (int)state).Distinct()];
        return ("WHERE state IN @states", new Dictionary<string, object?> { ["states"] = states });
    }
}
