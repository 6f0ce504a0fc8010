<?php
// Really changes rows, and not twice the same way: who applies it again sees it.
class DataUpgradeJob extends UpgradeJob
{
    public function isDBUpgradeJob(): bool { return false; }

    public function process(): string
    {
        return sql("UPDATE ar_party SET compact_name = CONCAT(compact_name, '+') WHERE is_billable = 1")->rowCount() . ' rows changed';
    }
}
