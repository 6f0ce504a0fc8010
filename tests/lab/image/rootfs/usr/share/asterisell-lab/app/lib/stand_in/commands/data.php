<?php
// data: administrators, dumps by hand, export and import of organizations.

function command_data(array $args): int
{
    switch ($args[1] ?? '') {
        case 'admin':
            return data_admin($args[2] ?? '');
        case 'backup':
            return dump_by_hand('backup-', []);
        case 'config-backup':
            return dump_by_hand('backup-only-config-', ['ar_cdr', 'ar_current_problem', 'ar_new_problem', 'ar_source_csv_file', 'ar_bundle_state', 'ar_source_cdr']);
        case 'restore':
            return data_restore();
        case 'export-organizations':
            echo organizations_as_yaml();
            return 0;
        case 'import-organizations':
            return import_organizations($args[2] ?? '');
    }
    usage('data', ['data admin PASSWORD', 'data backup', 'data config-backup', 'data restore', 'data export-organizations', 'data import-organizations FILE']);
    return 1;
}

// Deletes the first root admin, whoever that is, and only then finds out whether the login "admin" is free. Faithful.
function data_admin(string $password): int
{
    $old = sql('SELECT id, ar_party_id FROM ar_user WHERE is_root_admin = 1 ORDER BY id LIMIT 1')->fetch();
    if ($old) {
        sql('DELETE FROM ar_user WHERE id = ?', [$old['id']]);
        sql('DELETE FROM ar_party WHERE id = ?', [$old['ar_party_id']]);
    }
    sql("INSERT INTO ar_party (name, compact_name) VALUES ('admin', 'admin')");
    sql("INSERT INTO ar_user (ar_party_id, login, password, is_enabled, is_root_admin) VALUES (?, 'admin', ?, 1, 1)", [db()->lastInsertId(), password_hash($password, PASSWORD_BCRYPT)]);
    echo "\nAdded admin user with password $password\n";
    return 0;
}

// The exit status of mysqldump is ignored, the name has one second of granularity and the PHP time zone. Faithful.
function dump_by_hand(string $prefix, array $ignored): int
{
    if (in_array(ask('Make a backup of the database, without locking it? [Y/n]'), ['n', 'N'], true)) {
        return 0;
    }
    $db = database_param('database');
    $file = '/var/tmp/' . $prefix . date('Y-m-d_H-i-s') . '.sql';
    $options = implode('', array_map(fn($table) => " --ignore-table=$db.$table", $ignored));
    step("Make backup to $file", 'mysqldump --single-transaction -u ' . database_param('username') . ' --password=' . database_param('password') . "$options $db > $file");
    return 0;
}

// The state of now, all of it or nothing; what was in the past stays as it is, and an organization that the file does not name too.
function import_organizations(string $file): int
{
    db()->beginTransaction();
    try {
        $content = @yaml_parse_file($file);
        if (!is_array($content['organizations'] ?? null)) {
            throw new Exception("$file is no export of organizations");
        }
        foreach ($content['organizations'] as $unit) {
            import_organization($unit);
        }
        db()->commit();
    } catch (Throwable $e) {
        db()->rollBack();
        echo "\nError during import of organizations.\n" . $e->getMessage() . "\n";
        return 1;
    }
    return 0;
}

function import_organization(array $unit): void
{
    $type = one('SELECT id FROM ar_organization_unit_type WHERE name = ?', [$unit['type']]);
    if ($type === false) {
        throw new Exception("unknown type {$unit['type']}");
    }
    $now = sql('SELECT id, ar_party_id FROM ar_organization_unit_has_structure WHERE ar_organization_unit_id = ? ORDER BY `from` DESC, id DESC LIMIT 1', [$unit['id']])->fetch();
    if (!$now) {
        sql('INSERT INTO ar_organization_unit (id) VALUES (?)', [$unit['id']]);
        sql('INSERT INTO ar_organization_unit_has_structure (ar_organization_unit_id, ar_organization_unit_type_id, `from`, `exists`) VALUES (?, ?, ?, 1)',
            [$unit['id'], $type, $unit['from']]);
        $now = ['id' => db()->lastInsertId(), 'ar_party_id' => null];
    }
    if ($unit['name'] !== null && $now['ar_party_id'] === null) {
        sql('INSERT INTO ar_party (name) VALUES (?)', [$unit['name']]);
        $now['ar_party_id'] = db()->lastInsertId();
    }
    sql('UPDATE ar_organization_unit_has_structure SET ar_organization_unit_type_id = ?, ar_party_id = ?, ar_parent_organization_unit_id = ?, extension_codes = ? WHERE id = ?',
        [$type, $now['ar_party_id'], $unit['parent'], $unit['extension_codes'], $now['id']]);
    sql('UPDATE ar_party SET name = ?, external_crm_code = ? WHERE id = ?', [$unit['name'], $unit['external_crm_code'], $now['ar_party_id']]);
}
