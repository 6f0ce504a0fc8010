<?php
// A class that the next release no longer has.
class OldHelper
{
}
