-- Customers, users, rates with a previous version. Logins: admin/admin, jane/jane (password = login), made by bcrypt.
INSERT INTO ar_organization_unit (id, internal_name, export_code) SELECT seq, CONCAT('unit-', seq), CONCAT('X', LPAD(seq, 4, '0')) FROM seq_1_to_40;
INSERT INTO ar_party (id, name, compact_name, external_crm_code, vat, is_billable, email) SELECT seq, CONCAT('Customer ', seq, IF(seq = 3, ', "Söhne" & Cie.', '')), CONCAT('C', seq), CONCAT('crm', seq), CONCAT('VAT', 1000 + seq), 1, CONCAT('customer', seq, '@example.com') FROM seq_1_to_8;
INSERT INTO ar_organization_unit_has_structure (ar_organization_unit_id, ar_organization_unit_type_id, ar_party_id, `from`, `exists`, ar_parent_organization_unit_id, extension_codes, extension_name)
  SELECT seq, IF(seq <= 8, 1, 3), IF(seq <= 8, seq, NULL), '2015-01-01', 1, IF(seq <= 8, NULL, 1 + seq % 8), CONCAT('ext', seq), CONCAT('Extension ', seq) FROM seq_1_to_40;
INSERT INTO ar_organization_unit_has_structure (ar_organization_unit_id, ar_organization_unit_type_id, ar_party_id, `from`, `exists`, ar_parent_organization_unit_id, extension_codes, extension_name)
  SELECT seq, 3, NULL, '2026-03-01', 1, 1 + (seq + 1) % 8, CONCAT('ext', seq, ',moved', seq), CONCAT('Extension ', seq, ' (moved)') FROM seq_9_to_14;
INSERT INTO ar_party (id, name, compact_name, is_billable) VALUES (100, 'admin', 'admin', 0), (101, 'jane', 'jane', 0);
INSERT INTO ar_user (id, ar_party_id, ar_organization_unit_id, login, password, is_enabled, is_root_admin) VALUES (1, 100, NULL, 'admin', '$2y$10$AsterisellStandInOfAd.Sg4kePH4fi3vM3tLZGREDsixfEZjayi', 1, 1), (2, 101, 1, 'jane', '$2y$10$AsterisellStandInOfJa.exaJ5C.RgmfF/4jHU3uRL0IpBtKARUy', 1, 0);
INSERT INTO ar_user_has_permission SELECT 1, seq FROM seq_1_to_5;
INSERT INTO ar_user_has_role VALUES (1, 1), (2, 2);
INSERT INTO ar_rate (id, ar_rate_format_id, from_time, internal_name, short_description, source_data_file, backup_source_data_file, was_compiled) VALUES
 (1, 1, '2015-01-01', 'main', 'All customers', 'rate {\n  id: default\n  set-cost-for-minute: 0.0200\n}\n', 'rate {\n  id: default\n  set-cost-for-minute: 0.0250\n}\n', 1),
 (2, 2, '2026-02-01', 'vendor-prices', 'Prices of the vendor', 'prefix,price\n39,0.01\n"49,1","0.02"\n', 'prefix,price\n39,0.015\n', 1),
 (3, 1, '2026-04-01', 'international', 'Never changed yet', 'rate {\n  id: international\n}\n', NULL, 1);
INSERT INTO ar_report_scheduler (id, is_active, ar_report_id, short_description, last_execution_date) VALUES (1, 1, 1, 'Monthly invoices', '2026-05-01');
INSERT INTO ar_report_set (id, ar_report_scheduler_id, from_date, to_date) VALUES (1, 1, '2026-04-01', '2026-05-01');
INSERT INTO ar_report (id, ar_report_set_id, ar_organization_unit_id, from_date, to_date, php_class_name, report_name, produced_report_document) SELECT seq, 1, seq, '2026-04-01', '2026-05-01', 'BillingReport', CONCAT('Invoice ', seq), REPEAT(CHAR(37, 80, 68, 70, 0, 255, 10, 39, 92), 100) FROM seq_1_to_8;
INSERT INTO ar_report_to_read (ar_user_id, ar_report_id) VALUES (2, 1);
INSERT INTO ar_user_can_view_report VALUES (2, 1);
