<?php
// One page for both applications: who am I, can I read the calls, is there a login. The clone at / obeys the web lock.
chdir(dirname(__DIR__));
$param = yaml_parse_file('config/databases.yml')['all']['propel']['param'];
$isCustomer = basename(getcwd()) === 'user';
header('Content-Type: text/html; charset=utf-8');
echo "<!DOCTYPE html><title>Asterisell stand-in</title><h1>" . ($isCustomer ? 'Customers' : 'Administration') . "</h1>\n";
if ($isCustomer && is_file('REMOVE_ME_FOR_ENABLING_ASTERISELL_APP')) {
    echo "<p id=maintenance>The application is under maintenance. Please come back later.</p>\n";
    exit;
}
try {
    $db = new PDO($param['dsn'], $param['username'], $param['password'], [PDO::ATTR_ERRMODE => PDO::ERRMODE_EXCEPTION]);
    echo '<p>database user <b id=user>' . htmlspecialchars($db->query('SELECT CURRENT_USER()')->fetchColumn()) . '</b>, calls <b id=calls>'
        . $db->query('SELECT COUNT(*) FROM ar_cdr')->fetchColumn() . "</b></p>\n";
    if (isset($_POST['login'])) {
        $s = $db->prepare('SELECT password FROM ar_user WHERE login = ? AND is_enabled = 1');
        $s->execute([$_POST['login']]);
        echo '<p id=login>' . (password_verify($_POST['password'] ?? '', (string)$s->fetchColumn()) ? 'welcome' : 'refused') . "</p>\n";
    }
} catch (PDOException $e) {
    http_response_code(500);
    echo "<p id=error>database error</p>\n";
}
echo "<form method=post><input name=login><input name=password type=password><button>Login</button></form>\n";
