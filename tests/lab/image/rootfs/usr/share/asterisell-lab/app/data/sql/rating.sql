-- "Rating": everything about a call follows from the text of its source row, so that rating twice, or after a restore, gives the same.
-- @FROM@ and @TO@ are the first and the one-after-last moment.
INSERT INTO ar_cdr (calldate, to_calldate, is_imported_service_cdr, count_of_calls, destination_type, is_redirect, duration, billsec,
  ar_organization_unit_id, cached_parent_id_hierarchy, billable_ar_organization_unit_id, bundle_ar_organization_unit_id, income, cost_saving,
  ar_vendor_id, ar_communication_channel_type_id, cost, expected_cost, ar_telephone_prefix_id, cached_external_telephone_number,
  external_telephone_number_with_applied_portability, cached_masked_external_telephone_number, error_destination_type, ar_problem_duplication_key,
  debug_cost_rate, debug_income_rate, debug_rating_details)
SELECT calldate, calldate + INTERVAL h % 600 SECOND, is_imported_service_cdr, IF(h % 50 = 7, 1 + h % 4, 1), IF(h % 37 = 0, 5, 1 + h % 3), h % 11 = 0, h % 600, h % 590,
  IF(h % 37 = 0, NULL, 1 + h % 40), IF(h % 37 = 0, NULL, CONCAT('/1/', 1 + h % 40, '/')), IF(h % 37 = 0, NULL, 1 + h % 8), NULL,
  IF(h % 37 = 0, NULL, (h % 590) * 37), IF(h % 5 = 0, (h % 590) * 3, 0),
  1 + h % 2, 1 + h % 3, (h % 590) * 21, NULL, 1 + h % 200, CONCAT('39', 300000000 + h % 99999999),
  CONCAT('39', 300000000 + h % 99999999), CONCAT('39', LEFT(300000000 + h % 99999999, 6), 'XXX'), IF(h % 37 = 0, 1 + h % 3, 0), IF(h % 37 = 0, MD5(CONCAT('unrated', 1 + h % 3)), NULL),
  REPEAT(CONCAT('cost-rate ', h % 97, '; '), 4), REPEAT(CONCAT('income-rate ', h % 89, '; '), 4), REPEAT(CONCAT('step ', h % 83, ' of the calculation; '), 8)
FROM (SELECT s.*, CRC32(content) AS h FROM ar_source_cdr s WHERE calldate >= '@FROM@' AND calldate < '@TO@' ORDER BY calldate, content) x;
