<?php
// data restore: everything anew, then two dumps and two trees of CSV files. What fails on the way is hardly ever noticed. Faithful.

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
    $mysql = 'mysql -u ' . database_param('username') . ' --password=' . database_param('password') . ' ' . database_param('database');
    foreach (['configurations', 'reports'] as $type) {
        step("Load $type", "$mysql < " . BACKUP_FOLDER . "/$type/$type.sql");
    }
    try {
        load_tree('source-cdrs', 'ar_source_cdr', SOURCE_COLUMNS);
        load_tree('cdrs', 'ar_cdr', CDR_COLUMNS);
    } catch (Exception $e) {
        echo "\nError during restore of data.\n" . $e->getMessage() . "\n";
        return 1;
    }
    echo "\nData restored.\n";
    return 0;
}

// Any file in the folders of the months is loaded, in the order of the file system, whatever its name.
function load_tree(string $type, string $table, string $columns): void
{
    foreach (entries(BACKUP_FOLDER . "/$type") as $year) {
        foreach (entries($year) as $month) {
            foreach (entries($month) as $file) {
                if (filesize($file) > 0) {
                    load_file($file, $table, $columns);
                }
            }
        }
    }
}

function entries(string $folder): array
{
    $handle = opendir($folder);
    if ($handle === false) {
        throw new Exception("Unable to open $folder");
    }
    $found = [];
    while (($name = readdir($handle)) !== false) {
        if ($name !== '.' && $name !== '..') {
            $found[] = "$folder/$name";
        }
    }
    return $found;
}

function load_file(string $file, string $table, string $columns): void
{
    $scratch = scratch_folder() . '/' . basename($file);
    copy($file, $scratch);
    chmod($scratch, 0644);
    db()->beginTransaction();
    sql("LOAD DATA INFILE '$scratch' INTO TABLE $table CHARACTER SET utf8 FIELDS TERMINATED BY ',' OPTIONALLY ENCLOSED BY '\"' ESCAPED BY '\\\\' "
        . "LINES TERMINATED BY '\\r\\n' ($columns)");
    db()->commit();
    unlink($scratch);
}
