# shellcheck shell=bash disable=SC2016,SC2034
# What an operator asks of an instance by hand, one question a line; the same facts that Get-AsterisellStatus reports.
# A light container answers most of them with an error, which costs its exec all the same.
QUESTIONS=(
  'cat /var/www/$HOSTNAME/admin/VERSION'
  'ps -eo pid,etimes,comm'
  'ls /var/www/$HOSTNAME/admin/data_files/messages/params /var/www/$HOSTNAME/user'
  'df -B1 /var'
  'cat /sys/fs/cgroup/memory.current /sys/fs/cgroup/memory/memory.usage_in_bytes'
  'curl -s -o /dev/null -w %{http_code} http://127.0.0.1/'
  'mysql --batch -e "SELECT name, time, info FROM ar_lock; SELECT ar_problem_type_id, COUNT(*) FROM ar_new_problem GROUP BY 1; SELECT MAX(calldate) FROM ar_cdr" $HOSTNAME'
)
ALL_QUESTIONS=$(printf '%s; ' "${QUESTIONS[@]}")
