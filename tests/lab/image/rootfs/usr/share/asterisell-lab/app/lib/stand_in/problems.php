<?php
// Problems: collected in ar_new_problem, shown from ar_current_problem.

const INFO = 10, WARNING = 20, ERROR = 30, CRITICAL = 40;
const ON_RATES = 20, ON_CODE = 40, ON_CONFIGURATION = 60;

function add_problem(string $key, int $type, int $domain, string $description, string $effect, string $solution, ?int $cdrs = null): void
{
    // NOW() is the server's clock (UTC), while jobs write PHP's: two clocks, as in the original.
    sql('REPLACE INTO ar_new_problem (duplication_key, ar_problem_type_id, ar_problem_domain_id, ar_problem_responsible_id, created_at, '
        . 'description, effect, proposed_solution, count_of_cdrs) VALUES (?, ?, ?, 10, NOW(), ?, ?, ?, ?)',
        [md5($key), $type, $domain, $description, $effect, $solution, $cdrs]);
}

// Emptied and refilled without a transaction: a reader can see it empty.
function publish_problems(): void
{
    sql('DELETE FROM ar_current_problem');
    sql('INSERT INTO ar_current_problem SELECT * FROM ar_new_problem');
}

function show_error(string $description, string $effect, string $solution): void
{
    echo "\nUnexpected error:\n  description: $description\n  effect: $effect\n  proposed solution: $solution\n";
}
