<?php
// cron, run, app, manage, dev.

function command_cron(array $args): int
{
    switch ($args[1] ?? '') {
        case 'enable':
            remove_lock(CRON_LOCK);
            return 0;
        case 'disable':
            if (!lock_cron()) {
                return 1;
            }
            echo "\nCron is disabled, but jobs may still be running. Prefer the command cron disable-for-upgrade, which waits for them.\n";
            return 0;
        case 'disable-for-upgrade':
            if (!wait_for_lock(true)) {
                return REFUSED;
            }
            lock_cron();
            unlock_jobs();
            return 0;
        case 'force-execution-of-all-jobs':
            sql('DELETE FROM ar_lock WHERE name <> ?', [JOB_LOCK]);
            echo "\nAll scheduled jobs will be executed at next job execution pass.\n";
            return 0;
    }
    usage('cron', ['cron enable', 'cron disable', 'cron disable-for-upgrade', 'cron force-execution-of-all-jobs']);
    return 1;
}

function command_run(array $args): int
{
    switch ($args[1] ?? '') {
        case 'jobs':
            job_pass(true);
            return 0;
        case 'scheduled-jobs':
            if (!cron_is_locked()) {
                job_pass(false);
            }
            return 0;
        case 'db-upgrade-jobs':
            return run_upgrade_jobs(true);
        case 'upgrade-jobs':
            return run_upgrade_jobs(false);
    }
    usage('run', ['run jobs', 'run scheduled-jobs', 'run db-upgrade-jobs', 'run upgrade-jobs']);
    return 1;
}

function command_app(array $args): int
{
    switch ($args[1] ?? '') {
        case 'enable':
            remove_lock(user_folder() . '/' . WEB_LOCK);
            return 0;
        case 'disable':
            if (@file_put_contents(user_folder() . '/' . WEB_LOCK, '') === false) {
                throw new Exception('unable to create the lock of the web application');
            }
            return 0;
        case 'produce-code-template':
            echo "<?php\n// template\n";
            return 0;
    }
    usage('app', ['app enable', 'app disable', 'app produce-code-template']);
    return 1;
}

function command_manage(array $args): int
{
    $keys = ['get-database-name' => 'database', 'get-database-user' => 'username', 'get-database-user-password' => 'password'];
    if (isset($keys[$args[1] ?? ''])) {
        echo database_param($keys[$args[1]]), "\n";
    }
    return 0;
}

function command_dev(array $args): int
{
    if (($args[1] ?? '') === 'list-jobs') {
        echo implode("\n", available_jobs('always_scheduled_jobs')), "\n";
    }
    return 0;
}
