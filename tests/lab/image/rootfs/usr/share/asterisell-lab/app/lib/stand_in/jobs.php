<?php
// A job pass: one row of ar_job_queue for each class that app.yml lists.

const RUNNING = 1, DONE = 2, FAILED = 3;

// Always "success", whatever happens: the original never says otherwise by its exit code.
function job_pass(bool $aloud): void
{
    if (!lock_jobs()) {
        echo $aloud ? "\nWARNING: Jobs were not processed, because there is another running job processor.\n" : '';
        return;
    }
    echo $aloud ? "\nStarted Job Processor.\n" : '';
    try {
        clean_after_crash($aloud);
        refuse_when_upgrades_are_pending();
        foreach (available_jobs('always_scheduled_jobs') as $job) {
            run_job($job, $aloud);
        }
        sql('DELETE FROM ar_job_queue WHERE created_at < ?', [date('Y-m-d', strtotime('-4 months'))]);
    } catch (Problem $problem) {
        add_problem($problem->key, CRITICAL, ON_CODE, ...$problem->texts);
        if ($aloud) {
            show_error(...$problem->texts);
        }
    }
    unlock_jobs();
    echo $aloud ? "\nJobs were executed.\n" : '';
}

class Problem extends Exception
{
    public function __construct(public string $key, public array $texts) { parent::__construct($texts[0]); }
}

function clean_after_crash(bool $aloud): void
{
    $rows = sql('UPDATE ar_job_queue SET state = ?, end_at = ? WHERE state = ?', [FAILED, php_now(), RUNNING])->rowCount();
    if ($rows > 0) {
        $texts = ["$rows jobs were interrupted in a previous pass.", 'Their work may be incomplete.', 'Look at the job log.'];
        add_problem('interrupted jobs', CRITICAL, ON_CODE, ...$texts);
        if ($aloud) {
            show_error(...$texts);
        }
    }
}

function refuse_when_upgrades_are_pending(): void
{
    $pending = pending_upgrade_jobs();
    if ($pending) {
        throw new Problem('pending application upgrade jobs', [
            'There are pending (not executed) application upgrade jobs: ' . implode(', ', $pending), 'No job is executed.', 'Upgrade the application.']);
    }
}

function run_job(string $job, bool $aloud): void
{
    echo $aloud ? "\nStart job: $job\n" : '';
    // is_part_of is NOT NULL and left out, as Propel does: MariaDB's lax mode fills it with 0.
    sql('INSERT INTO ar_job_queue (state, created_at, end_at, description, internal_name) VALUES (?, ?, ?, ?, ?)', [RUNNING, php_now(), php_now(), $job, $job]);
    $id = db()->lastInsertId();
    try {
        if (fault('job-throws') !== null && in_array(fault('job-throws'), ['', $job], true) && ($job === 'CheckCallCostLimit' || fault('job-throws') !== '')) {
            throw new Exception('this job throws on purpose');
        }
        $function = 'job_' . $job;
        $message = function_exists($function) ? $function() : 'nothing to do';
        sql('UPDATE ar_job_queue SET state = ?, end_at = ?, description = ? WHERE id = ?', [DONE, php_now(), "$job: $message", $id]);
    } catch (Exception $e) {
        sql('UPDATE ar_job_queue SET state = ?, end_at = ?, description = ? WHERE id = ?', [FAILED, php_now(), "$job: " . $e->getMessage(), $id]);
        $texts = ["Error in the job $job: " . $e->getMessage(), 'The job will be executed again at the next pass.', 'Contact the assistance.'];
        add_problem("error in job $job", ERROR, ON_CODE, ...$texts);
        if ($aloud) {
            show_error(...$texts);
        }
    }
}
