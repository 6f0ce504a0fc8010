<?php
// The undo history of organizations, and the change of passwords that customers ask for.

const ORGANIZATION_TABLES = 'ar_user ar_party ar_organization_unit ar_organization_unit_type ar_organization_unit_has_structure ar_user_has_role ar_user_has_permission ar_itc_organizations';

function job_BackupOrganizationInfo(): string
{
    if (!is_due('BackupOrganizationInfo', 60)) {
        return 'not yet time';
    }
    $dump = (string)shell_exec('mysqldump -u ' . database_param('username') . ' --password=' . database_param('password')
        . ' --skip-dump-date --no-create-info --no-create-db --skip-triggers ' . database_param('database') . ' ' . ORGANIZATION_TABLES);
    $newest = one('SELECT md5_sum FROM ar_organization_backup_of_changes ORDER BY backup_at_date DESC, id DESC LIMIT 1');
    if ($newest === md5($dump)) {
        return 'no change';
    }
    sql('INSERT INTO ar_organization_backup_of_changes (backup_at_date, application_version, md5_sum, yaml_export_at_date, sql_tables) VALUES (?, ?, ?, ?, ?)',
        [php_now(), file_get_contents('VERSION'), md5($dump), base64_encode(gzcompress(organizations_as_yaml())), base64_encode(gzcompress($dump))]);
    sql('DELETE FROM ar_organization_backup_of_changes WHERE backup_at_date < ?', [date('Y-m-d', strtotime('-180 days'))]);
    return 'saved';
}

function organizations_as_yaml(): string
{
    $units = sql('SELECT s.ar_organization_unit_id AS id, t.name AS type, p.name AS name, p.external_crm_code, s.extension_codes, s.ar_parent_organization_unit_id AS parent, s.`from` '
        . 'FROM ar_organization_unit_has_structure s JOIN ar_organization_unit_type t ON t.id = s.ar_organization_unit_type_id '
        . 'LEFT JOIN ar_party p ON p.id = s.ar_party_id WHERE s.`from` = (SELECT MAX(x.`from`) FROM ar_organization_unit_has_structure x '
        . 'WHERE x.ar_organization_unit_id = s.ar_organization_unit_id) ORDER BY 1')->fetchAll();
    return yaml_emit(['organizations' => $units], YAML_UTF8_ENCODING);
}

function job_ChangePassword(): string
{
    $requests = sql('SELECT * FROM ar_user_change_password_request WHERE is_processed = 0 ORDER BY id')->fetchAll();
    foreach ($requests as $request) {
        sql('UPDATE ar_user SET password = ? WHERE id = ?', [password_hash($request['new_password'], PASSWORD_BCRYPT), $request['ar_user_id']]);
        sql('UPDATE ar_user_change_password_request SET is_processed = 1 WHERE id = ?', [$request['id']]);
    }
    return count($requests) . ' requests';
}
