<?php
// debug: runs in the environment "dev", which writes a log that nobody rotates.

function command_debug(array $args): int
{
    @file_put_contents('log/asterisell_dev.log', php_now() . ' debug ' . ($args[1] ?? '') . "\n", FILE_APPEND);
    switch ($args[1] ?? '') {
        case 'jobs':
            unlock_jobs();
            job_pass(true);
            return 0;
        case 'rerate':
            foreach (array_slice($args, 2) as $date) {
                if (!strtotime($date)) {
                    echo "\nBad date $date\n";
                    return 1;
                }
            }
            $from = isset($args[2]) ? date('Y-m-d H:i:s', strtotime($args[2])) : (one('SELECT MIN(calldate) FROM ar_source_cdr') ?: php_now());
            sql('UPDATE ar_params SET scheduled_rerate_from_specific_calldate = ? WHERE is_default = 1', [$from]);
            echo "\nGenerated a rerating event from $from\n";
            return 0;
        case 'reset-rerate-event':
            sql('UPDATE ar_params SET scheduled_rerate_from_specific_calldate = NULL, scheduled_rerate_to_specific_calldate = NULL WHERE is_default = 1');
            return 0;
        case 'signal-critical-problem-in-the-code':
            add_problem('severe error in the PHP code', CRITICAL, ON_CODE, 'There was a severe error in the PHP code during the execution of jobs.',
                'Jobs are not executed.', 'Contact the assistance.');
            return 0;
    }
    usage('debug', ['debug jobs', 'debug rerate [DATE [DATE]]', 'debug reset-rerate-event', 'debug signal-critical-problem-in-the-code']);
    return 0;
}
