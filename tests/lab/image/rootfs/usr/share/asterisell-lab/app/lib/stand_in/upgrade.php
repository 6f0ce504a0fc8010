<?php
// Upgrade jobs: a key of app.yml is applied when ar_application_upgrade has its row.

function pending_upgrade_jobs(): array
{
    $applied = sql('SELECT upg_key FROM ar_application_upgrade')->fetchAll(PDO::FETCH_COLUMN);
    return array_values(array_diff(available_jobs('upgrade_jobs'), $applied));
}

// A job is a class of the application, in a file of its name.
abstract class UpgradeJob
{
    abstract public function process(): string;

    // Schema in the first pass, everything else in the second, after the views and procedures.
    public function isDBUpgradeJob(): bool { return true; }
}

// A class that is not there is a fatal error of PHP (255), as where app.yml is newer than the code.
function upgrade_job(string $job): UpgradeJob
{
    if (!class_exists($job, false)) {
        $file = job_classes()[$job] ?? null;
        if ($file !== null && is_file($file)) {
            require $file;
        }
    }
    return new $job();
}

// Faithful: the list of classes is kept in the cache, and a stale one ends in "Class … not found" until the cache is cleared.
function job_classes(): array
{
    $cached = 'cache/asterisell_prod_classes.json';
    if (is_file($cached)) {
        return json_decode(file_get_contents($cached), true);
    }
    $classes = [];
    foreach (glob('apps/asterisell/lib/jobs/*/*.php') as $file) {
        $classes[basename($file, '.php')] = $file;
    }
    @file_put_contents($cached, json_encode($classes));
    return $classes;
}

function run_upgrade_jobs(bool $dbJobs): int
{
    if (!cron_is_locked()) {
        echo "\nThis command can be executed only if the application is locked. Use first\n\n    php asterisell.php cron disable-for-upgrade\n\n";
        return REFUSED;
    }
    if (!wait_for_lock(false)) {
        return REFUSED;
    }
    foreach (pending_upgrade_jobs() as $job) {
        $instance = upgrade_job($job);
        if ($instance->isDBUpgradeJob() === $dbJobs) {
            run_upgrade_job($job, $instance);
        }
    }
    unlock_jobs();
    // Said whatever happened above.
    echo "\nUpgrade jobs were applied with success.\n";
    return 0;
}

// A job that throws is recorded as applied all the same, the cron lock is set, and the loop goes on: the defect to be found by others.
function run_upgrade_job(string $job, UpgradeJob $instance): void
{
    echo "\nExecute application upgrading job: $job - $job\n";
    try {
        $output = $instance->process();
    } catch (Exception $e) {
        $output = 'Interrupt from error: ' . $e->getMessage();
        lock_cron();
        $texts = ["The upgrade job $job failed: " . $e->getMessage(), 'The application may be half upgraded.', 'Contact the assistance.'];
        add_problem("upgrade $job", CRITICAL, ON_CODE, ...$texts);
        show_error(...$texts);
    }
    sql('INSERT INTO ar_application_upgrade (upg_key, upg_output, installation_date) VALUES (?, ?, ?)', [$job, $output, php_now()]);
}
