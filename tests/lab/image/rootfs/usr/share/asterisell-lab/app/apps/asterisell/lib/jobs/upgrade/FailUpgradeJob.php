<?php
class FailUpgradeJob extends UpgradeJob
{
    public function isDBUpgradeJob(): bool { return false; }

    public function process(): string { throw new Exception('this job fails on purpose'); }
}
