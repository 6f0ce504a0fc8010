# shellcheck shell=bash
# shellcheck disable=SC2154,SC2034  # variables shared with oracle-test
# The rows in an order that makes their situations. The pause of the lock (5 s) is shortened to 0.05 s.

# Nothing here depends on how fast the machine is: a long pass goes on until its fault is switched off.
wait_until_inside() { inside timeout 120 sh -c "until $1; do sleep 0.1; done"; }
long_pass() {
  fault long-job on 900
  inside rm -f /run/asterisell-lab/long-job
  start_row "$@"
  wait_until_inside 'test -e /run/asterisell-lab/long-job'
}

# Not yet any job has run: the daily ones are due.
row 1 help
row 2
row 3 foo bar
row 4 cron foo
row 5 run foo
row 6 app foo
row 7 app unlock-halted-jobs
row 8 data foo
row 9 debug foo
row 10 manage get-database-name

row 11 cron enable
row 12 cron disable
row 13 run scheduled-jobs
row 14 run jobs

# A pass of 25 s: here it ends while the other command sleeps between two attempts.
row 15 cron disable-for-upgrade
row 16 cron enable
row 17 debug rerate
long_pass 20 run jobs
pass=$last_started
PAUSE=10 start_row 18 cron disable-for-upgrade
until grep -q Waiting "$work/18.out" 2>/dev/null; do sleep 0.1; done
fault long-job off
end_row 20 "$pass"
end_row 18 "$last_started"
row 19 cron disable

# A pass of 150 s: longer than all that is tried meanwhile.
long_pass 21 run jobs
row 22 app disable
row 23 data backup
row 24 run jobs
row 25 run scheduled-jobs
row 26 run upgrade-jobs
row 27 cron force-execution-of-all-jobs
row 28 debug jobs
row 29 data admin x
row 30 foo
fault long-job off
end_row 21 "$last_started"

# A pass killed in the middle.
long_pass 36 run jobs
inside pkill -KILL -f 'asterisell.php run jobs'
end_row 36 "$last_started"
fault long-job off
row 31 cron disable
row 32 debug rerate
row 33 run scheduled-jobs
row 34 cron disable-for-upgrade
row 35 cron force-execution-of-all-jobs

# The lock row names a process that lives and is another program.
fault stale-lock-foreign on
row 37 app enable
row 38 cron disable-for-upgrade
row 39 run scheduled-jobs
fault stale-lock-foreign off

row 40 cron enable
row 41 run jobs
row 42 cron force-execution-of-all-jobs
row 43 run jobs
row 44 app disable
row 45 app enable
row 46 debug rerate
row 47 run scheduled-jobs
row 48 debug jobs
row 49 data backup
row 50 data backup
row 51 data backup
row 52 data config-backup

row 53 data admin newpass
row 54 data admin
row 55 data admin admin

row 56 cron enable
row 57 run upgrade-jobs
row 58 run db-upgrade-jobs
row 59 cron disable-for-upgrade
row 60 run db-upgrade-jobs
row 61 run upgrade-jobs
fault pending-upgrade-job on
row 62 run jobs
row 63 run scheduled-jobs
row 64 run upgrade-jobs
fault failing-upgrade-job on
row 65 run upgrade-jobs
fault failing-upgrade-job off
fault pending-upgrade-job off

row 66 cron disable-for-upgrade
row 67 app disable
row 68 silently-activate
row 69 install-views-and-procedures
row 70 make-derived-files
row 71 app enable
row 72 cron enable
row 73 activate

row 74 data restore
row 75 data restore
row 76 data restore
row 77 data restore
row 78 data restore

# Whole restores, from the backup that the jobs make. (Row 79 is the one without source-cdrs/.)
ANSWERS=(yes y y root "db-password-of-$instance" '')
inside php asterisell.php cron force-execution-of-all-jobs >/dev/null
fault any-time on
inside php asterisell.php run jobs >/dev/null
backup=data_files/messages/backup
inside cp -a $backup /root/whole
inside rm -r $backup/source-cdrs
row_with_password 79 data restore
inside sh -c "rm -r $backup; cp -a /root/whole $backup"
row_with_password 80 data restore
row 81 run jobs

# The container is restarted in the middle of a pass.
long_pass 83 run jobs
lab docker local restart -t 1 "$instance" >/dev/null
end_row 83 "$last_started"
inside rm -f /etc/asterisell-lab/faults/long-job
wait_until_inside 'mysqladmin ping 2>&1 | grep -qE "alive|denied"'
row 82 debug rerate
