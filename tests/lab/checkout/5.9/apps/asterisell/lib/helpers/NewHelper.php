<?php
// A class that this release brings.
class NewHelper
{
}
