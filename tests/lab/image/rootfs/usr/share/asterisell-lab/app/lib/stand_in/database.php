<?php
// One connection, and the invasive test that precedes most commands.

function db(): PDO
{
    static $pdo = null;
    return $pdo ??= connect();
}

function connect(): PDO
{
    return new PDO(database_param('dsn') . ';charset=utf8', database_param('username'), database_param('password'), [
        PDO::ATTR_ERRMODE => PDO::ERRMODE_EXCEPTION, PDO::ATTR_DEFAULT_FETCH_MODE => PDO::FETCH_ASSOC,
        PDO::MYSQL_ATTR_USE_BUFFERED_QUERY => true,
    ]);
}

function sql(string $statement, array $values = []): PDOStatement
{
    $s = db()->prepare($statement);
    $s->execute($values);
    return $s;
}

function one(string $statement, array $values = []) { return sql($statement, $values)->fetchColumn(); }

// A refused password ends in an uncaught exception (255), anything else in a message and 1: so it was seen.
function database_test(): void
{
    foreach ([1, 2] as $attempt) {
        try {
            sql('CREATE TABLE IF NOT EXISTS ar_check_upgrade_script (id INT) ENGINE=InnoDB');
            sql('ALTER TABLE ar_check_upgrade_script ADD COLUMN IF NOT EXISTS probe INT');
            sql('ALTER TABLE ar_check_upgrade_script DROP COLUMN IF EXISTS probe');
            one('SELECT id FROM ar_cdr LIMIT 1');
            return;
        } catch (PDOException $e) {
            if (($e->errorInfo[1] ?? 0) == 1045) {
                throw $e;
            }
            clear_cache();
        }
    }
    echo "ERROR: MySQL database user have no alter table privileges, or the database is not running.\n" . $e->getMessage() . "\n";
    exit(1);
}
