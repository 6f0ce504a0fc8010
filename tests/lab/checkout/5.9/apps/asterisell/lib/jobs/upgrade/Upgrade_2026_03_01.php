<?php
// New in this release: another column, and a table of its own.
class Upgrade_2026_03_01 extends UpgradeJob
{
    public function process(): string
    {
        sql('ALTER TABLE ar_party ADD COLUMN IF NOT EXISTS vat_country VARCHAR(2) NULL');
        sql('CREATE TABLE IF NOT EXISTS ar_release_note (id INT NOT NULL AUTO_INCREMENT PRIMARY KEY, note VARCHAR(255) NOT NULL) ENGINE=InnoDB');
        return 'added ar_party.vat_country and ar_release_note';
    }
}
