-- Per day: rows and sums, for who wants to compare after a backup, a restore, a copy.
SELECT DATE(calldate), COUNT(*), SUM(count_of_calls), SUM(duration), COALESCE(SUM(income), 0), SUM(cost), SUM(destination_type = 5)
  FROM ar_cdr GROUP BY 1 ORDER BY 1 INTO OUTFILE '@FOLDER@/cdrs-per-day.tsv';
SELECT DATE(calldate), COUNT(*), SUM(CRC32(content)) FROM ar_source_cdr GROUP BY 1 ORDER BY 1 INTO OUTFILE '@FOLDER@/source-cdrs-per-day.tsv';
