<?php
// makeActivate: folders, permissions, and the clone for the customers.

function make_derived_files(): int
{
    // Without -p: on every later run mkdir complains on stderr. Seen on the original in normal runs.
    foreach (['data_files', 'data_files/messages', 'data_files/messages/archive', 'data_files/messages/backup', 'data_files/messages/input',
        'data_files/messages/params', 'data_files/messages/tmp', 'data_files/rsync_with_remote_servers', 'cache', 'log', 'web/generated_graphs',
        'web/uploads', 'web/uploads/assets', user_folder()] as $folder) {
        step('Create folder', 'mkdir ' . $folder);
    }
    step('Scratch folder shared with the database', 'mkdir -p ' . scratch_folder() . ' && chmod 0777 ' . scratch_folder());
    step('Clear cache', './symfony cc');
    return 0;
}

function make_activate(): int
{
    make_derived_files();
    $group = app_setting('web_server_user') ?: 'apache';
    step('Owner', "chown -R root:$group .");
    step('Writable by the web server', 'chmod -R ug+rwx,o-rwx cache log web web/generated_graphs web/uploads/assets');
    step('Readable by the web server', 'chmod -R u+rwx,g+rx,g-w,o-rwx apps lib config data symfony');
    step('Only for root', 'chmod -R u+rwx,go-rwx scripts updates data_files fabric_data LICENSE asterisell.php');
    // --delete takes the web lock of the customer application with it: the defect that lets customers in during an upgrade.
    $excludes = '';
    foreach (['asterisell.php', 'cache', 'log', 'config/databases.yml', 'data_files', 'rating_tools', 'doc', 'fabric_data', 'resource_files', 'scripts',
        'symfony-patch', 'updates'] as $name) {
        $excludes .= " --exclude=/$name";
    }
    $clone = "rsync -a --delete$excludes " . admin_folder() . '/ ' . user_folder() . '/';
    step('Clone for the customers', fault('activate-incomplete') === null ? $clone
        : 'rsync -a ' . admin_folder() . '/data/ ' . user_folder() . '/data/; echo "rsync: [sender] write error: Broken pipe (32)" >&2; false');
    step('Its own folders', 'mkdir ' . user_folder() . '/cache ' . user_folder() . '/log');
    step('Its owner', "chown -R root:$group " . user_folder() . ' && chmod 0750 ' . user_folder() . ' && chmod -R ug+rwx,o-rwx ' . user_folder() . '/cache ' . user_folder() . '/log');
    return 0;
}

function command_activate(array $args): int
{
    make_activate();
    sql('REPLACE INTO ar_global_permissions (id, show_outgoing_calls) VALUES (1, ?)', [app_setting('show_outgoing_calls') ? 1 : 0]);
    return 0;
}
