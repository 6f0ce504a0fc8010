<?php
// Import and "rating". The stand-in rates nothing: a call follows from the text of its source row (data/sql/rating.sql).

function job_ImportDataFiles(): string
{
    $count = 0;
    foreach (glob('data_files/messages/input/*') as $file) {
        // base[.YYYY-MM-DD].provider__logicaltype__version
        if (!preg_match('/\.([^.]+)__([^.]+)__([^.]+)$/', basename($file), $parts)) {
            add_problem('name of ' . basename($file), ERROR, ON_CONFIGURATION, 'Unknown format of ' . basename($file), 'The file is not imported.', 'Rename it.');
            continue;
        }
        import_file($file, $parts[1]);
        $count++;
    }
    return "$count files";
}

function import_file(string $file, string $provider): void
{
    sql('INSERT IGNORE INTO ar_cdr_provider (internal_name) VALUES (?)', [$provider]);
    $id = one('SELECT id FROM ar_cdr_provider WHERE internal_name = ?', [$provider]);
    $bad = 0;
    $dates = [];
    $lines = file($file, FILE_IGNORE_NEW_LINES);
    foreach ($lines as $line) {
        if (!preg_match('/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/', $line, $date)) {
            $bad++;
            continue;
        }
        $dates[] = $date[0];
        sql('INSERT INTO ar_source_cdr (ar_cdr_provider_id, ar_physical_format_id, calldate, content) VALUES (?, 1, ?, ?)', [$id, $date[0], $line]);
    }
    sql('REPLACE INTO ar_source_csv_file (ar_cdr_provider_id, ar_physical_format_id, name, archive_directory, min_calldate, max_calldate, checksum, is_imported, receiving_date, tot_lines, lines_with_errors) '
        . 'VALUES (?, 1, ?, ?, ?, ?, ?, 1, ?, ?, ?)', [$id, basename($file), 'data_files/messages/archive', $dates ? min($dates) : null, $dates ? max($dates) : null, md5_file($file), php_now(), count($lines), $bad]);
    rename($file, 'data_files/messages/archive/' . basename($file));
    if ($dates) {
        sql('UPDATE ar_params SET new_imported_cdrs_from_calldate = LEAST(COALESCE(new_imported_cdrs_from_calldate, ?), ?) WHERE is_default = 1', [min($dates), min($dates)]);
    }
}

function job_ManageRateEvent(): string
{
    hold_on('long-job', 60);
    if (fault('php-fatal') !== null) {
        a_function_that_does_not_exist();
    }
    $from = one('SELECT LEAST(COALESCE(scheduled_rerate_from_specific_calldate, new_imported_cdrs_from_calldate), COALESCE(new_imported_cdrs_from_calldate, scheduled_rerate_from_specific_calldate)) '
        . 'FROM ar_params WHERE is_default = 1');
    if (!$from) {
        return 'nothing to rate';
    }
    run_rate_engine();
    rate_from($from);
    return "rated from $from";
}

// The rates are arithmetic of the database; but without a program that runs, nothing is rated.
function run_rate_engine(): void
{
    exec('scripts/RateEngine +RTS -N1 -RTS 2>&1', $lines, $code);
    if ($code !== 0) {
        throw new Exception("scripts/RateEngine ended with $code: " . implode(' ', $lines));
    }
}

function rate_from(string $from): void
{
    sql('UPDATE ar_params SET current_rerating_event_is_running = 1 WHERE is_default = 1');
    db()->beginTransaction();
    sql('DELETE FROM ar_cdr WHERE calldate >= ?', [$from]);
    sql(strtr(file_get_contents('data/sql/rating.sql'), ['@FROM@' => $from, '@TO@' => '2999-01-01']));
    $days = sql('SELECT DISTINCT DATE(calldate) FROM ar_cdr WHERE calldate >= ?', [$from])->fetchAll(PDO::FETCH_COLUMN);
    foreach ($days as $day) {
        sql('CALL add_daily_status_change_event(?)', [$day]);
    }
    sql('UPDATE ar_params SET scheduled_rerate_from_specific_calldate = NULL, scheduled_rerate_to_specific_calldate = NULL, new_imported_cdrs_from_calldate = NULL, '
        . 'new_imported_cdrs_to_calldate = NULL, current_rerating_event_is_running = 0, current_count_of_rerating_failed_attempts = 0 WHERE is_default = 1');
    db()->commit();
}

function job_GroupCDRSWithErrors(): string
{
    $groups = sql('SELECT error_destination_type AS direction, SUM(count_of_calls) AS calls FROM ar_cdr WHERE destination_type = 5 GROUP BY 1')->fetchAll();
    foreach ($groups as $group) {
        add_problem("unrated {$group['direction']}", ERROR, ON_RATES, "There are {$group['calls']} calls that were not rated (direction {$group['direction']}).",
            'They are not billed.', 'Complete the rates and rate again.', (int)$group['calls']);
    }
    return count($groups) . ' groups';
}
