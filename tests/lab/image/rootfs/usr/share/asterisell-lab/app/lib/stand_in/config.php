<?php
// config/databases.yml and app.yml. ADMIN is the folder that is literally called admin.

const CRON_LOCK = 'data_files/messages/params/REMOVE_ME_FOR_ENABLING_ASTERISELL_CRON_JOB_PROCESSOR';
const WEB_LOCK = 'REMOVE_ME_FOR_ENABLING_ASTERISELL_APP';
const BACKUP_FOLDER = 'data_files/messages/backup';

function admin_folder(): string { return getcwd(); }
function user_folder(): string { return dirname(getcwd()) . '/user'; }
function scratch_folder(): string { return '/var/tmp' . admin_folder(); }
function instance_name(): string { return basename(dirname(getcwd())); }
function php_now(): string { return date('Y-m-d H:i:s'); }

function database_param(string $key): string
{
    $file = yaml_parse_file('config/databases.yml');
    return (string)($file['all']['propel']['param'][$key] ?? '');
}

// Faithful: the parsed file is kept in the cache, and a stale copy hides changes until the cache is cleared.
function app_setting(string $key)
{
    static $app = null;
    if ($app === null) {
        $cached = 'cache/asterisell_prod_app.json';
        if (is_file($cached)) {
            $app = json_decode(file_get_contents($cached), true);
        } else {
            $app = yaml_parse_file('apps/asterisell/config/app.yml')['all'];
            @file_put_contents($cached, json_encode($app));
        }
    }
    return $app[$key] ?? null;
}

function available_jobs(string $list): array { return app_setting('available')[$list] ?? []; }

function clear_cache(): void { array_map('unlink', glob('cache/*')); }

function fault(string $name): ?string
{
    $file = "/etc/asterisell-lab/faults/$name";
    return is_file($file) ? trim(file_get_contents($file)) : null;
}

// Goes on for so many seconds, or until the fault is switched off. The file tells tests that it does.
function hold_on(string $fault, float $seconds): void
{
    $end = microtime(true) + (float)(fault($fault) ?: $seconds);
    while (fault($fault) !== null && microtime(true) < $end) {
        touch("/run/asterisell-lab/$fault");
        usleep(100000);
        clearstatcache();
    }
    @unlink("/run/asterisell-lab/$fault");
}
