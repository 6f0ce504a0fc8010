<?php
// The two flag files.

function cron_is_locked(): bool { return is_file(CRON_LOCK); }

function lock_cron(): bool { return file_put_contents(CRON_LOCK, 'hello') !== false; }

// Whether it worked is not looked at.
function remove_lock(string $file): void
{
    if (fault('locks-stay') === null) {
        @unlink($file);
    }
}

function notice_of_cron_lock(): void
{
    if (cron_is_locked()) {
        echo "\nWARNING:\n  all cron jobs are locked. Unlock them with\n\n    php asterisell.php cron enable\n\n";
    }
}
