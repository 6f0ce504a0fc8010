<?php
// The job lock: a row with a pid. Test and insert are two steps, and a reused pid holds it for ever, as in the original.

const JOB_LOCK = 'jobqueueprocessor';

function lock_jobs(): bool
{
    for (;;) {
        $pid = one('SELECT info FROM ar_lock WHERE name = ?', [JOB_LOCK]);
        if ($pid === false) {
            break;
        }
        if (is_running((string)$pid)) {
            return false;
        }
        sql('DELETE FROM ar_lock WHERE name = ?', [JOB_LOCK]);
    }
    try {
        sql('INSERT INTO ar_lock (name, time, info) VALUES (?, ?, ?)', [JOB_LOCK, php_now(), getmypid()]);
    } catch (PDOException $e) {
        return false;
    }
    return true;
}

function unlock_jobs(): void { sql('DELETE FROM ar_lock WHERE name = ? AND info = ?', [JOB_LOCK, getmypid()]); }

function is_running(string $pid): bool
{
    exec('ps -e', $lines);
    foreach ($lines as $line) {
        if (strtok(trim($line), ' ') === $pid) {
            return true;
        }
    }
    return false;
}

// Twenty times five seconds. Only tests shorten the five.
function wait_for_lock(bool $aloud): bool
{
    $pause = getenv('ASTERISELL_LAB_WAIT') ?: (@file_get_contents('/etc/asterisell-lab/wait-seconds') ?: '5');
    for ($i = 0; $i < 20; $i++) {
        if (lock_jobs()) {
            echo $aloud ? "\nOk: there are no running Jobs.\n" : '';
            return true;
        }
        echo $aloud ? "\nWaiting: there are running Jobs. I will sleep for 5 seconds, and then I will retry.\n" : '';
        usleep((int)round(1e6 * (float)$pause));
    }
    echo $aloud ? "\nBAD: there are still running Jobs. Retry later, or try with php asterisell.php app unlock-halted-jobs\n" : '';
    return false;
}

// Rows named like a job: not again before that many minutes. The stamp is set by asking.
function is_due(string $job, int $minutes): bool
{
    $time = one('SELECT time FROM ar_lock WHERE name = ?', [$job]);
    if ($time !== false && strtotime($time) > time() - 60 * $minutes) {
        return false;
    }
    sql('REPLACE INTO ar_lock (name, time, info) VALUES (?, ?, ?)', [$job, php_now(), '']);
    return true;
}
