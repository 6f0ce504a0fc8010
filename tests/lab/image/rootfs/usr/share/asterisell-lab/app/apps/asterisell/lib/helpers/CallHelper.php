<?php
// A class that the next release changes in its middle, where an operator's customization may have changed it too.
class CallHelper
{
    public static function prefix(): string
    {
        return '00';
    }

    public static function maskedDigits(): int
    {
        return 3;
    }

    public static function separator(): string
    {
        return ',';
    }
}
