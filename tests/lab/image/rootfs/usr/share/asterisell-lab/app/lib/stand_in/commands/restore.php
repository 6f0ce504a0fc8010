<?php
// data restore. The questions are faithful; the restore itself follows with its issue.

function data_restore(): int
{
    if (!in_array(ask('The database ' . database_param('database') . ' will be replaced by the backup in ' . BACKUP_FOLDER . '. Are you sure? [yes/NO]'), ['yes', 'YES'], true)) {
        echo "\nData not restored.\n";
        return 0;
    }
    $code = install(true, null, null, true);
    if ($code !== 0) {
        return $code;
    }
    echo "\nError during restore of data.\nThe stand-in does not restore yet.\n";
    return 1;
}
