-- @CDRS@ source rows over the @MONTHS@ months that end on @END@ (exclusive), the same for the same three values.
-- Awkward on purpose: see the CASE. The eleventh day of the second month stays empty; a call crosses the end of the first month.
SET @end = '@END@', @first = '@END@' - INTERVAL @MONTHS@ MONTH;
SET @seconds = TIMESTAMPDIFF(SECOND, @first, @end);
SET @empty = DATE(@first + INTERVAL 1 MONTH + INTERVAL 10 DAY);
INSERT INTO ar_source_cdr (ar_cdr_provider_id, ar_physical_format_id, calldate, is_imported_service_cdr, content)
SELECT 1 + seq % 2, 1, at, seq % 997 = 0,
  CONCAT(seq, ',', at, ',',
    CASE seq % 20
      WHEN 0 THEN CONCAT('"quoted, with comma ', seq, '"')
      WHEN 1 THEN CONCAT('back\\slash\\N \\" ', seq)
      WHEN 2 THEN CONCAT('two\nlines and a CR\r\nof call ', seq)
      WHEN 3 THEN CONCAT('Łódź Ελλάδα 東京 ñ ', seq)
      WHEN 4 THEN CONCAT("apostrophe ' tab\t; NULL \\N ", seq)
      ELSE CONCAT('ext', seq % 40) END,
    ',39', 300000000 + CRC32(CONCAT('n', seq)) % 99999999, ',', CRC32(CONCAT('d', seq)) % 600, ',ANSWERED,', REPEAT('-', seq % 60))
FROM (
  SELECT seq, IF(DATE(t) = @empty, t + INTERVAL 1 DAY, t) AS at
  FROM (SELECT seq, @first + INTERVAL FLOOR((seq - 0.5) * @seconds / @CDRS@) SECOND AS t FROM seq_1_to_@CDRS@) g
) h ORDER BY at;
INSERT INTO ar_source_cdr (ar_cdr_provider_id, ar_physical_format_id, calldate, content) VALUES
 (1, 1, DATE(@first + INTERVAL 1 MONTH) - INTERVAL 1 SECOND, 'over the end of the month'),
 (1, 1, @first + INTERVAL 3 HOUR, REPEAT('a cell of fifty thousand characters ...........\n\\', 1040)),
 (2, 1, @first + INTERVAL 4 HOUR, CONCAT('a zero byte: ', CHAR(0), ' and its end'));
