<?php
// The schema of the stand-in has it already.
class Upgrade_2017_03_16 extends UpgradeJob
{
    public function process(): string { return ''; }
}
