<?php
// Stand-in of Asterisell's command line, for tests of management tools. Own code; it rates no calls.
// It keeps the names, prompts, locks and also the *defects* of the original (passwords in argv, exit codes that lie) on purpose.
chdir(__DIR__);
foreach (glob(__DIR__ . '/lib/stand_in/{*,jobs/*,commands/*}.php', GLOB_BRACE) as $part) {
    require $part;
}
exit(main(array_slice($argv, 1, 5)));
