<?php
// New in this release: rows that need the column and the view that come before them.
class UpgradeTexts_2026_03_01 extends UpgradeJob
{
    public function isDBUpgradeJob(): bool { return false; }

    public function process(): string
    {
        sql("INSERT INTO ar_release_note (note) SELECT CONCAT('calls by the time of 5.9: ', COALESCE(SUM(calls), 0)) FROM ar_view_calls_per_day");
        return sql("UPDATE ar_party SET vat_country = 'IT' WHERE is_billable = 1 AND vat_country IS NULL")->rowCount() . ' rows changed';
    }
}
