<?php
// Takes as long as the fault "slow-upgrade-job" says; /run/asterisell-lab/slow-upgrade-job exists meanwhile.
class SlowUpgradeJob extends UpgradeJob
{
    public function process(): string
    {
        hold_on('slow-upgrade-job', 20);
        sql('ALTER TABLE ar_rate ADD COLUMN IF NOT EXISTS added_by_slow_upgrade_job VARCHAR(20)');
        return 'added the column added_by_slow_upgrade_job';
    }
}
