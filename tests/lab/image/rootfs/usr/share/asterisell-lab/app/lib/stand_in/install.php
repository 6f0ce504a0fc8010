<?php
// install: everything anew. Errors of single commands are ignored; refused questions are not.

function command_install(array $args): int { return install(true, null, null); }

function command_install_demo(array $args): int { return install(false, $args[1] ?? null, isset($args[1]) ? ($args[2] ?? '') : null); }

function install(bool $warn, ?string $root, ?string $password, bool $nested = false): int
{
    $db = database_param('database');
    $user = database_param('username');
    if ($warn && !is_yes(ask("All data of the database $db will be deleted. Are you sure? [y/N]"))) {
        echo "The database was not modified.\n";
        return $nested ? REFUSED : 1;
    }
    $interactive = $password === null;
    if ($interactive) {
        if (!is_yes(ask("Confirm you want create database $db with user $user and password " . database_param('password') . ' [y/N]'))) {
            echo "The data was not confirmed.\n";
            return $nested ? REFUSED : 1;
        }
        $root = ask('Enter the name of MySQL administrator user, or another MySQL user that can create new databases: ');
        $password = ask("Enter the MySQL password of the administrator user $root:  ");
    }
    create_database($db, $user, $root, $password);
    if ($interactive) {
        ask('Press Enter to continue...');
    }
    make_activate();
    configure();
    return 0;
}

function is_yes(string $answer): bool { return $answer === 'y' || $answer === 'Y'; }

function create_database(string $db, string $user, string $root, string $password): void
{
    $admin = "mysqladmin -f --user=$root --password=$password";
    $mysql = "mysql --user=$root --password=$password";
    step('Drop the database', "$admin drop $db");
    step('Create the database', "$mysql -e 'CREATE DATABASE `$db` DEFAULT CHARACTER SET utf8 COLLATE utf8_general_ci'");
    step('Load the schema', "$mysql $db < data/sql/lib.model.schema.sql");
    $userParam = yaml_parse_file(user_folder() . '/config/databases.yml')['all']['propel']['param'] ?? null;
    foreach (user_statements($db, $user, database_param('password'), $userParam['username'] ?? "usr_$user", $userParam['password'] ?? '') as $statement) {
        step('Users', "$mysql -e " . escapeshellarg($statement));
    }
    step('Fixed rows', "$mysql $db < data/sql/fixed_rows.sql");
    load_views($mysql, $db, $user);
}

// The last one looks right and has no effect: SELECT was granted on the whole database.
function user_statements(string $db, string $user, string $password, string $customer, string $customerPassword): array
{
    return [
        "CREATE USER '$user'@'localhost' IDENTIFIED BY '$password'",
        "CREATE USER '$customer'@'localhost' IDENTIFIED BY '$customerPassword'",
        "SET PASSWORD FOR '$user'@'localhost' = PASSWORD('$password')",
        "SET PASSWORD FOR '$customer'@'localhost' = PASSWORD('$customerPassword')",
        "GRANT FILE ON *.* TO '$user'@'localhost'",
        "GRANT ALL ON `$db`.* TO '$user'@'localhost'",
        "GRANT SELECT ON `$db`.* TO '$customer'@'localhost'",
        "GRANT SELECT, UPDATE ON `$db`.ar_report_to_read TO '$customer'@'localhost'",
        "GRANT INSERT ON `$db`.ar_user_change_password_request TO '$customer'@'localhost'",
        "GRANT SELECT ON `$db`.ar_user_change_password_request TO '$customer'@'localhost'",
        "REVOKE SELECT ON `$db`.ar_user_change_password_request FROM '$customer'@'localhost'",
    ];
}

function load_views(string $mysql, string $db, string $user): void
{
    $file = tempnam('/tmp', 'views');
    file_put_contents($file, str_replace('@DEFINER@', "`$user`@`localhost`", file_get_contents('data/sql/views_and_procedures.sql')));
    step('Views, triggers and procedures', "$mysql $db < $file");
    unlink($file);
}

// Upgrade jobs count as applied on a new installation; configure jobs are recorded in the same table.
// Where the old database is still there (a wrong password of root went unnoticed), a configure job stumbles and locks cron.
function configure(): void
{
    db()->exec('USE `' . database_param('database') . '`');
    $isOld = one('SELECT COUNT(*) FROM ar_application_upgrade') > 0;
    foreach (['upgrade_jobs', 'configure_jobs'] as $list) {
        foreach (available_jobs($list) as $job) {
            sql('INSERT INTO ar_application_upgrade (upg_key, upg_output, installation_date) VALUES (?, ?, ?)', [$job, '', php_now()]);
        }
    }
    if ($isOld) {
        lock_cron();
        add_problem('configure job', CRITICAL, ON_CODE, 'A configure job failed.', 'The instance is not configured.', 'Install again.');
    }
}

function command_views(array $args): int
{
    $sql = str_replace('@DEFINER@', '`' . database_param('username') . '`@`localhost`', file_get_contents('data/sql/views_and_procedures.sql'));
    $sql = preg_replace('/^(--|DELIMITER).*$/m', '', $sql);
    foreach (array_filter(array_map('trim', explode('$$', $sql))) as $statement) {
        db()->exec($statement);
    }
    return make_activate();
}
