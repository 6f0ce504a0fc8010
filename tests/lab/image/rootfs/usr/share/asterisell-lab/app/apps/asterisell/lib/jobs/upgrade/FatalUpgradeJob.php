<?php
// No exception but a fatal error of PHP: the command ends with 255, its lock row stays, the job is not recorded.
class FatalUpgradeJob extends UpgradeJob
{
    public function isDBUpgradeJob(): bool { return false; }

    public function process(): string { return a_function_that_does_not_exist(); }
}
