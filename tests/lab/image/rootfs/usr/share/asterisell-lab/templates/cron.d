# Jobs of the instance @NAME@

0,5,10,15,20,25,30,35,40,45,50,55 * * * * root cd /var/www/@NAME@/admin && (php asterisell.php run scheduled-jobs > /dev/null 2>&1 || php asterisell.php debug signal-critical-problem-in-the-code > /dev/null 2>&1)
