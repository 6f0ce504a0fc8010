<?php
// The four daily backups. Two dump, two export day by day.

const IGNORED = ['ar_cdr', 'ar_source_cdr', 'ar_current_problem', 'ar_new_problem', 'ar_bundle_state', 'ar_organization_backup_of_changes', 'ar_report_to_read',
    'ar_user_can_view_report', 'ar_job_queue', 'ar_lock', 'ar_temp_source_cdr', 'ar_temp_source_cdr_to_dest_cdr', 'ar_temp_problem', 'ar_daily_status_change',
    'ar_cached_organization_info'];
const REPORT_TABLES = ['ar_report', 'ar_report_also_for', 'ar_report_only_for', 'ar_report_scheduler', 'ar_report_set', 'ar_report_generation'];
const SOURCE_COLUMNS = 'ar_cdr_provider_id, ar_physical_format_id, calldate, is_imported_service_cdr, content';
const CDR_COLUMNS = 'calldate, to_calldate, count_of_calls, is_imported_service_cdr, destination_type, is_redirect, duration, billsec, ar_organization_unit_id, '
    . 'cached_parent_id_hierarchy, billable_ar_organization_unit_id, bundle_ar_organization_unit_id, income, cost_saving, ar_vendor_id, ar_communication_channel_type_id, '
    . 'cost, expected_cost, ar_telephone_prefix_id, cached_external_telephone_number, external_telephone_number_with_applied_portability, '
    . 'cached_masked_external_telephone_number, error_destination_type, ar_problem_duplication_key, debug_cost_rate, debug_income_rate, debug_residual_income_rate, '
    . 'debug_residual_call_duration, debug_bundle_left_calls, debug_bundle_left_duration, debug_bundle_left_cost';

function job_BackupConfigurations(): string { return backup('BackupConfigurations', fn() => dump_for_backup('configurations', array_merge(IGNORED, REPORT_TABLES))); }
function job_BackupReports(): string { return backup('BackupReports', fn() => dump_for_backup('reports', IGNORED)); }
function job_BackupSourceCDRS(): string { return backup('BackupSourceCDRS', null, fn($day) => export_day('source-cdrs', 'ar_source_cdr', SOURCE_COLUMNS, $day)); }
function job_BackupCDRS(): string { return backup('BackupCDRS', null, fn($day) => export_day('cdrs', 'ar_cdr', CDR_COLUMNS, $day)); }

// The stamp of 24 hours is taken before the second test: an attempt between 00:00 and 00:30 loses the day. Faithful.
function backup(string $job, ?callable $whole, ?callable $ofDay = null): string
{
    $id = register_daily_job($job);
    if (!is_due($job, 24 * 60)) {
        return 'not yet time';
    }
    if (date('H:i:s') < '00:30:00' && fault('any-time') === null) {
        return 'too early in the day';
    }
    $days = sql('SELECT day FROM ar_daily_status_change WHERE ar_daily_status_job_id = ? ORDER BY day', [$id])->fetchAll(PDO::FETCH_COLUMN);
    foreach ($days as $day) {
        db()->beginTransaction();
        if ($ofDay) {
            $ofDay($day);
        }
        sql('DELETE FROM ar_daily_status_change WHERE day = ? AND ar_daily_status_job_id = ?', [$day, $id]);
        db()->commit();
    }
    if ($whole) {
        $whole();
    }
    return count($days) . ' days';
}

// The first time every day since start_rating_date is on the list.
function register_daily_job(string $job): int
{
    $id = one('SELECT id FROM ar_daily_status_job WHERE name = ?', [$job]);
    if ($id !== false) {
        return (int)$id;
    }
    sql('INSERT INTO ar_daily_status_job (name) VALUES (?)', [$job]);
    $id = (int)db()->lastInsertId();
    $last = one('SELECT MAX(calldate) FROM ar_cdr');
    for ($day = strtotime((string)app_setting('start_rating_date')); $last && $day <= strtotime($last); $day = strtotime('+1 day', $day)) {
        sql('INSERT IGNORE INTO ar_daily_status_change VALUES (?, ?)', [date('Y-m-d', $day), $id]);
    }
    return $id;
}

// mysqldump may fail: its empty or truncated output still takes the place of the last good one, and the job is DONE. Faithful.
function dump_for_backup(string $type, array $ignored): void
{
    $db = database_param('database');
    $options = implode(' ', array_map(fn($table) => "--ignore-table=$db.$table", $ignored));
    $scratch = scratch_folder() . "/$type.sql";
    @mkdir(scratch_folder(), 0777, true);
    if (!quiet_system('mysqldump --single-transaction -u ' . database_param('username') . ' --password=' . database_param('password') . " $options $db > $scratch")) {
        throw new Exception("unable to dump $type");
    }
    put_in_place($scratch, BACKUP_FOLDER . "/$type/$type.sql");
}

function export_day(string $type, string $table, string $columns, string $day): void
{
    $scratch = scratch_folder() . "/$type-$day.csv";
    if (!is_dir(scratch_folder())) {
        mkdir(scratch_folder(), 0777, true);
    }
    chmod(scratch_folder(), 0777);
    @unlink($scratch);
    sql("SELECT $columns FROM $table WHERE calldate >= ? AND calldate < ? + INTERVAL 1 DAY INTO OUTFILE '$scratch' CHARACTER SET utf8 "
        . "FIELDS TERMINATED BY ',' OPTIONALLY ENCLOSED BY '\"' ESCAPED BY '\\\\' LINES TERMINATED BY '\\r\\n'", [$day, $day]);
    [$year, $month] = explode('-', $day);
    put_in_place($scratch, BACKUP_FOLDER . "/$type/y_$year/m_$month/$type-$day.csv");
}

// Unlink, then rename: between the two there is no file. Faithful.
function put_in_place(string $from, string $to): void
{
    if (!is_dir(dirname($to))) {
        mkdir(dirname($to), 0700, true);
    }
    if (is_file($to)) {
        unlink($to);
    }
    rename($from, $to);
}
