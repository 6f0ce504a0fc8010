namespace Asterisell.Engine.Instances;

/// <summary>What a status asks the database, as section 6.3 of the original's facts has it, made cheap for tables of millions of rows.</summary>
internal static class StatusQueries
{
    public const string Server = "server";
    public const string Memory = "memory";
    public const string TokuCache = "toku-cache";
    public const string Size = "size";
    public const string Calls = "calls";
    public const string SourceCalls = "source-calls";
    public const string LastRated = "last-rated";
    public const string LastImported = "last-imported";
    public const string Unrated = "unrated";
    public const string Files = "files";
    public const string Params = "params";
    public const string Problems = "problems";
    public const string Locks = "locks";
    public const string RunningJobs = "running-jobs";
    public const string FailedJobs = "failed-jobs";
    public const string LastJob = "last-job";
    public const string Backlog = "backlog";
    public const string Upgrades = "upgrades";

    /// <summary>Those that tell of memory alone.</summary>
    public static SqlBatch CreateMemory() => AddMemory(new SqlBatch { Limit = TimeSpan.FromSeconds(5) });

    /// <summary>All statements; those that read a whole large table only where exact counts are asked for.</summary>
    public static SqlBatch Create(bool exact)
    {
        var batch = new SqlBatch { Limit = exact ? TimeSpan.FromMinutes(5) : TimeSpan.FromSeconds(5) };
        AddMemory(batch)
            .Add(LastRated, "SELECT MAX(calldate) AS at FROM ar_cdr")
            .Add(LastImported, "SELECT MAX(calldate) AS at FROM ar_source_cdr")
            .Add(
                Unrated,
                "SELECT SUM(count_of_calls) AS calls FROM ar_cdr WHERE destination_type = 5 AND calldate >= NOW() - INTERVAL 70 DAY")
            .Add(
                Files,
                "SELECT MAX(receiving_date) AS last, SUM(is_imported = 0 OR COALESCE(serious_processing_errors, '') <> '') AS bad FROM ar_source_csv_file")
            .Add(
                Params,
                "SELECT current_count_of_rerating_failed_attempts AS failures, scheduled_rerate_from_official_calldate AS official,"
                + " scheduled_rerate_from_specific_calldate AS specific_from FROM ar_params WHERE is_default = 1")
            .Add(Problems, "SELECT ar_problem_type_id AS type, COUNT(*) AS problems, SUM(count_of_cdrs) AS calls FROM ar_new_problem GROUP BY ar_problem_type_id")
            .Add(Locks, "SELECT name, time, info FROM ar_lock")
            .Add(RunningJobs, "SELECT id, created_at, SUBSTRING_INDEX(description, ':', 1) AS job FROM ar_job_queue WHERE state = 1 ORDER BY id DESC LIMIT 100")

            // PHP's clock may be up to 14 hours ahead or behind; the exact day is cut off here.
            .Add(
                FailedJobs,
                "SELECT created_at, SUBSTRING_INDEX(description, ':', 1) AS job FROM ar_job_queue"
                + " WHERE state = 3 AND created_at > NOW() - INTERVAL 40 HOUR ORDER BY id DESC LIMIT 10000")

            // Backwards through the primary key: a maximum over the state's index would read a million rows.
            .Add(
                LastJob,
                "SELECT created_at, end_at FROM ar_job_queue FORCE INDEX (PRIMARY) WHERE state IN (2, 3) ORDER BY id DESC LIMIT 1")
            .Add(
                Backlog,
                "SELECT j.name AS job, COUNT(c.day) AS days, MIN(c.day) AS oldest FROM ar_daily_status_job AS j"
                + " LEFT JOIN ar_daily_status_change AS c ON c.ar_daily_status_job_id = j.id GROUP BY j.name")
            .Add(
                Upgrades,
                "SELECT upg_key AS job, installation_date AS at,"
                + " IF(upg_output LIKE 'Interrupt from error:%', SUBSTRING(upg_output, 1, 2000), NULL) AS failure FROM ar_application_upgrade");
        if (exact)
        {
            batch.Add(Calls, "SELECT COUNT(*) AS calls FROM ar_cdr").Add(SourceCalls, "SELECT COUNT(*) AS calls FROM ar_source_cdr");
        }

        return batch;
    }

    private static SqlBatch AddMemory(SqlBatch batch) =>
        batch.Add(Server, "SELECT VERSION() AS version, DATABASE() AS name, @@innodb_buffer_pool_size AS buffer_pool")
            .Add(Memory, DatabaseMemory.Query)
            .Add(TokuCache, "SELECT variable_value AS bytes FROM information_schema.global_variables WHERE variable_name = 'TOKUDB_CACHE_SIZE'")
            .Add(
                Size,
                "SELECT SUM(data_length + index_length) AS bytes, SUM(IF(table_name = 'ar_cdr', table_rows, 0)) AS calls,"
                + " SUM(IF(table_name = 'ar_source_cdr', table_rows, 0)) AS source_calls"
                + " FROM information_schema.tables WHERE table_schema = DATABASE()");
}
