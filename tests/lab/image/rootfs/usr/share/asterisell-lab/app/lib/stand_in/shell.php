<?php
// Sub-steps are shown with everything on their command line (passwords too) and their exit status is ignored: the original's habit.

function step(string $comment, string $command): void
{
    echo "\n# $comment\nexecute> $command\n";
    system($command);
}

// true unless no shell could be started, which is all that the original looks at.
function quiet_system(string $command): bool
{
    ob_start();
    $result = system($command);
    ob_end_clean();
    return $result !== false;
}

function ask(string $question): string
{
    echo $question;
    $answer = fgets(STDIN);
    echo "\n";
    return $answer === false ? '' : trim($answer);
}
