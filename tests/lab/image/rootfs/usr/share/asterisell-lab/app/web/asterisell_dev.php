<?php
// The debug front controller: reachable, as in the original.
require 'index.php';
