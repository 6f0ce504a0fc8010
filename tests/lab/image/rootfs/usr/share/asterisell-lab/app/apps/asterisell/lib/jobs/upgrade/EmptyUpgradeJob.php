<?php
// Not a job of the database: it shows that the second pass runs.
class EmptyUpgradeJob extends UpgradeJob
{
    public function isDBUpgradeJob(): bool { return false; }

    public function process(): string { return ''; }
}
