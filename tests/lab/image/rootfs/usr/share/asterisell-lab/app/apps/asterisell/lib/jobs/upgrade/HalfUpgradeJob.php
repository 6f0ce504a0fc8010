<?php
// Fails when half of its work is done; MariaDB takes no ALTER back.
class HalfUpgradeJob extends UpgradeJob
{
    public function process(): string
    {
        sql('ALTER TABLE ar_rate ADD COLUMN IF NOT EXISTS left_by_half_upgrade_job VARCHAR(20)');
        throw new Exception('this job fails on purpose, half way');
    }
}
