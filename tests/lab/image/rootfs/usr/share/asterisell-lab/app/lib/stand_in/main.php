<?php
// The three groups of commands: without a database test, with it, with it and the job lock.

function main(array $args): int
{
    $command = $args[0] ?? '';
    $alone = ['' => 'command_help', 'help' => 'command_help', 'install' => 'command_install', 'install-demo' => 'command_install_demo',
        'install-views-and-procedures' => 'command_views', 'make-derived-files' => 'make_derived_files', 'silently-activate' => 'make_activate',
        'manage' => 'command_manage', 'dev' => 'command_dev'];
    $tested = ['cron' => 'command_cron', 'run' => 'command_run'];
    $locking = ['app' => 'command_app', 'activate' => 'command_activate', 'data' => 'command_data', 'debug' => 'command_debug'];

    if (isset($alone[$command])) {
        $code = $alone[$command]($args);
    } else {
        database_test();
        if (isset($tested[$command])) {
            $code = $tested[$command]($args);
        } else {
            if (!wait_for_lock(true)) {
                return 1;
            }
            $code = ($locking[$command] ?? 'command_unknown')($args);
            unlock_jobs();
        }
        // A refusal ends before this point in the original too: no publication, no notice.
        if ($code === REFUSED) {
            return 1;
        }
        publish_problems();
    }
    notice_of_cron_lock();
    return (int)$code;
}

const REFUSED = 101;

function command_help(array $args): int
{
    usage('asterisell.php COMMAND …', ['help', 'install', 'install-demo [ROOT [PASSWORD]]', 'install-views-and-procedures', 'make-derived-files',
        'silently-activate', 'activate', 'manage …', 'cron …', 'run …', 'app …', 'data …', 'debug …']);
    return 1;
}

// Faithful: the original takes the lock, says how to use it, and reports success.
function command_unknown(array $args): int
{
    command_help($args);
    return 0;
}

function usage(string $head, array $lines): void
{
    echo "\nUsage:\n\n  $head\n\n";
    foreach ($lines as $line) {
        echo "    php asterisell.php $line\n";
    }
    echo "\n";
}
