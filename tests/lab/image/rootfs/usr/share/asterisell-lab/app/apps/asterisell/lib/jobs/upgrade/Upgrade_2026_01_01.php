<?php
// Really alters a table.
class Upgrade_2026_01_01 extends UpgradeJob
{
    public function process(): string
    {
        sql('ALTER TABLE ar_rate ADD COLUMN IF NOT EXISTS added_by_upgrade_2026_01_01 VARCHAR(20)');
        return 'added the column added_by_upgrade_2026_01_01';
    }
}
