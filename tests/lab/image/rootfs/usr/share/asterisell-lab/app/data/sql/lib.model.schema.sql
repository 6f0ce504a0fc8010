-- Own subset of the schema (names and types are those a management tool meets). InnoDB instead of TokuDB.
SET FOREIGN_KEY_CHECKS = 0;

CREATE TABLE ar_cdr (
  id INT NOT NULL AUTO_INCREMENT, calldate DATETIME NOT NULL, to_calldate DATETIME, is_imported_service_cdr TINYINT NOT NULL DEFAULT 0,
  count_of_calls INT NOT NULL DEFAULT 1, destination_type INT NOT NULL, is_redirect TINYINT NOT NULL DEFAULT 0, duration INT, billsec INT,
  ar_organization_unit_id INT, cached_parent_id_hierarchy VARCHAR(850), billable_ar_organization_unit_id INT, bundle_ar_organization_unit_id INT,
  income BIGINT, cost_saving BIGINT, ar_vendor_id INT, ar_communication_channel_type_id INT, cost BIGINT, expected_cost BIGINT,
  ar_telephone_prefix_id INT, cached_external_telephone_number VARCHAR(1024), external_telephone_number_with_applied_portability VARCHAR(1024),
  cached_masked_external_telephone_number VARCHAR(1024), error_destination_type INT NOT NULL DEFAULT 0, ar_problem_duplication_key VARCHAR(255),
  debug_cost_rate VARCHAR(2048), debug_income_rate VARCHAR(2048), debug_residual_income_rate VARCHAR(2048), debug_residual_call_duration INT,
  debug_bundle_left_calls INT, debug_bundle_left_duration INT, debug_bundle_left_cost BIGINT, debug_rating_details VARCHAR(10000),
  PRIMARY KEY (id), KEY ar_cdr_calldate_index (calldate, cached_parent_id_hierarchy), KEY ar_cdr_to_calldate_index (to_calldate)
) ENGINE=InnoDB DEFAULT CHARSET=utf8 COLLATE=utf8_bin;

CREATE TABLE ar_source_cdr (
  id INT NOT NULL AUTO_INCREMENT, ar_cdr_provider_id INT NOT NULL, ar_physical_format_id INT NOT NULL, calldate DATETIME NOT NULL,
  is_imported_service_cdr TINYINT NOT NULL DEFAULT 0, content VARCHAR(51200) NOT NULL,
  PRIMARY KEY (id), KEY ar_source_cdr_calldate_index (calldate)
) ENGINE=InnoDB DEFAULT CHARSET=utf8 COLLATE=utf8_bin;

CREATE TABLE ar_source_csv_file (
  id INT NOT NULL AUTO_INCREMENT, ar_cdr_provider_id INT, ar_physical_format_id INT, name VARCHAR(1024) NOT NULL, archive_directory VARCHAR(1024),
  min_calldate DATETIME, max_calldate DATETIME, checksum VARCHAR(1024), is_imported TINYINT NOT NULL DEFAULT 0, receiving_date DATETIME,
  serious_processing_errors VARCHAR(5000), tot_lines INT, lines_with_errors INT, PRIMARY KEY (id), UNIQUE KEY ar_source_csv_file_name (name(255))
) ENGINE=InnoDB DEFAULT CHARSET=utf8 COLLATE=utf8_bin;

CREATE TABLE ar_cdr_provider (id INT NOT NULL AUTO_INCREMENT, internal_name VARCHAR(255) NOT NULL, short_description VARCHAR(255), PRIMARY KEY (id), UNIQUE KEY (internal_name)) ENGINE=InnoDB DEFAULT CHARSET=utf8 COLLATE=utf8_bin;
CREATE TABLE ar_logical_source (id INT NOT NULL AUTO_INCREMENT, name VARCHAR(255) NOT NULL, PRIMARY KEY (id), UNIQUE KEY (name)) ENGINE=InnoDB DEFAULT CHARSET=utf8 COLLATE=utf8_bin;
CREATE TABLE ar_physical_format (id INT NOT NULL AUTO_INCREMENT, ar_logical_source_id INT NOT NULL, name VARCHAR(255) NOT NULL, PRIMARY KEY (id)) ENGINE=InnoDB DEFAULT CHARSET=utf8 COLLATE=utf8_bin;
CREATE TABLE ar_type_of_source_cdr (id INT NOT NULL AUTO_INCREMENT, name VARCHAR(255) NOT NULL, PRIMARY KEY (id), UNIQUE KEY (name)) ENGINE=InnoDB DEFAULT CHARSET=utf8 COLLATE=utf8_bin;

CREATE TABLE ar_params (
  id INT NOT NULL AUTO_INCREMENT, name VARCHAR(255), is_default TINYINT, service_name VARCHAR(255), service_provider_website VARCHAR(255), legal_name VARCHAR(255),
  official_calldate DATETIME, scheduled_rerate_from_official_calldate TINYINT NOT NULL DEFAULT 0, new_imported_cdrs_from_calldate DATETIME, new_imported_cdrs_to_calldate DATETIME,
  scheduled_rerate_from_specific_calldate DATETIME, scheduled_rerate_to_specific_calldate DATETIME, scheduled_imported_services_rerate_from_specific_calldate DATETIME,
  scheduled_imported_services_rerate_to_specific_calldate DATETIME, current_count_of_rerating_failed_attempts INT NOT NULL DEFAULT 0, current_rerating_event_is_running TINYINT NOT NULL DEFAULT 0,
  should_reschedule_rerate_from_official_calldate TINYINT NOT NULL DEFAULT 0, wait_for_scheduled_rerate TINYINT NOT NULL DEFAULT 0, clean_error_table TINYINT NOT NULL DEFAULT 0,
  PRIMARY KEY (id), UNIQUE KEY (is_default)
) ENGINE=InnoDB DEFAULT CHARSET=utf8 COLLATE=utf8_bin;

CREATE TABLE ar_job_queue (
  id INT NOT NULL AUTO_INCREMENT, is_part_of INT NOT NULL, state INT NOT NULL DEFAULT 0, created_at DATETIME NOT NULL, start_at DATETIME, end_at DATETIME,
  description VARCHAR(12000) NOT NULL, php_data_job_serialization LONGTEXT, internal_name VARCHAR(512),
  PRIMARY KEY (id), KEY (is_part_of), KEY (state), KEY (internal_name(255))
) ENGINE=InnoDB DEFAULT CHARSET=utf8 COLLATE=utf8_bin;

CREATE TABLE ar_lock (id INT NOT NULL AUTO_INCREMENT, name VARCHAR(255) NOT NULL, time DATETIME, info VARCHAR(255), PRIMARY KEY (id), UNIQUE KEY (name)) ENGINE=InnoDB DEFAULT CHARSET=utf8 COLLATE=utf8_bin;

CREATE TABLE ar_current_problem (
  duplication_key VARCHAR(255) NOT NULL, ar_problem_type_id INT, ar_problem_domain_id INT, ar_problem_responsible_id INT, created_at DATETIME NOT NULL,
  garbage_collection_key VARCHAR(1024), garbage_collection_from DATETIME, garbage_collection_to DATETIME, description TEXT, effect TEXT, proposed_solution TEXT,
  signaled_to_admin TINYINT NOT NULL DEFAULT 0, count_of_cdrs INT, PRIMARY KEY (duplication_key)
) ENGINE=InnoDB DEFAULT CHARSET=utf8 COLLATE=utf8_bin;
CREATE TABLE ar_new_problem LIKE ar_current_problem;
CREATE TABLE ar_temp_problem LIKE ar_current_problem;
CREATE TABLE ar_problem_type (id INT NOT NULL, name VARCHAR(255) NOT NULL, PRIMARY KEY (id)) ENGINE=InnoDB DEFAULT CHARSET=utf8 COLLATE=utf8_bin;
CREATE TABLE ar_problem_domain (id INT NOT NULL, name VARCHAR(255) NOT NULL, PRIMARY KEY (id)) ENGINE=InnoDB DEFAULT CHARSET=utf8 COLLATE=utf8_bin;
CREATE TABLE ar_problem_responsible (id INT NOT NULL, name VARCHAR(255) NOT NULL, PRIMARY KEY (id)) ENGINE=InnoDB DEFAULT CHARSET=utf8 COLLATE=utf8_bin;

CREATE TABLE ar_application_upgrade (id INT NOT NULL AUTO_INCREMENT, upg_key VARCHAR(24000) NOT NULL, upg_output TEXT, installation_date DATETIME, PRIMARY KEY (id)) ENGINE=InnoDB DEFAULT CHARSET=utf8 COLLATE=utf8_bin;
CREATE TABLE ar_daily_status_job (id INT NOT NULL AUTO_INCREMENT, name VARCHAR(200) NOT NULL, PRIMARY KEY (id), UNIQUE KEY (name)) ENGINE=InnoDB DEFAULT CHARSET=utf8 COLLATE=utf8_bin;
CREATE TABLE ar_daily_status_change (day DATE NOT NULL, ar_daily_status_job_id INT NOT NULL, PRIMARY KEY (day, ar_daily_status_job_id)) ENGINE=InnoDB DEFAULT CHARSET=utf8 COLLATE=utf8_bin;
CREATE TABLE ar_organization_backup_of_changes (
  id INT NOT NULL AUTO_INCREMENT, backup_at_date DATETIME NOT NULL, application_version VARCHAR(255), md5_sum VARCHAR(2048),
  yaml_export_at_date LONGBLOB, sql_tables LONGBLOB, PRIMARY KEY (id), KEY (backup_at_date)
) ENGINE=InnoDB DEFAULT CHARSET=utf8 COLLATE=utf8_bin;

CREATE TABLE ar_organization_unit (id INT NOT NULL AUTO_INCREMENT, internal_name VARCHAR(1024), export_code VARCHAR(255), internal_checksum1 BIGINT, automatically_managed_from INT, PRIMARY KEY (id)) ENGINE=InnoDB DEFAULT CHARSET=utf8 COLLATE=utf8_bin;
CREATE TABLE ar_organization_unit_type (id INT NOT NULL AUTO_INCREMENT, name VARCHAR(512) NOT NULL, internal_name VARCHAR(255), short_code VARCHAR(128), internal_sort_order INT, PRIMARY KEY (id)) ENGINE=InnoDB DEFAULT CHARSET=utf8 COLLATE=utf8_bin;
CREATE TABLE ar_organization_unit_has_structure (
  id INT NOT NULL AUTO_INCREMENT, ar_organization_unit_id INT, ar_organization_unit_type_id INT, ar_party_id INT, `from` DATETIME NOT NULL, `exists` TINYINT NOT NULL DEFAULT 1,
  ar_parent_organization_unit_id INT, ar_rate_category_id INT, extension_codes VARCHAR(8000), extension_name VARCHAR(255), PRIMARY KEY (id), KEY (ar_organization_unit_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8 COLLATE=utf8_bin;
CREATE TABLE ar_party (id INT NOT NULL AUTO_INCREMENT, name VARCHAR(255), compact_name VARCHAR(255), external_crm_code VARCHAR(255), vat VARCHAR(255), is_billable TINYINT NOT NULL DEFAULT 0, email VARCHAR(255), PRIMARY KEY (id)) ENGINE=InnoDB DEFAULT CHARSET=utf8 COLLATE=utf8_bin;
CREATE TABLE ar_user (
  id INT NOT NULL AUTO_INCREMENT, ar_party_id INT, ar_organization_unit_id INT, login VARCHAR(255), password VARCHAR(1024), is_enabled TINYINT NOT NULL DEFAULT 1,
  is_root_admin TINYINT NOT NULL DEFAULT 0, PRIMARY KEY (id), UNIQUE KEY (login)
) ENGINE=InnoDB DEFAULT CHARSET=utf8 COLLATE=utf8_bin;
CREATE TABLE ar_user_has_role (ar_user_id INT NOT NULL, ar_role_id INT NOT NULL, PRIMARY KEY (ar_user_id, ar_role_id)) ENGINE=InnoDB DEFAULT CHARSET=utf8 COLLATE=utf8_bin;
CREATE TABLE ar_user_has_permission (ar_user_id INT NOT NULL, ar_permission_id INT NOT NULL, PRIMARY KEY (ar_user_id, ar_permission_id)) ENGINE=InnoDB DEFAULT CHARSET=utf8 COLLATE=utf8_bin;
CREATE TABLE ar_itc_organizations (id INT NOT NULL AUTO_INCREMENT, account_code VARCHAR(255), name VARCHAR(255), description VARCHAR(255), email VARCHAR(255), parent VARCHAR(255), PRIMARY KEY (id)) ENGINE=InnoDB DEFAULT CHARSET=utf8 COLLATE=utf8_bin;
CREATE TABLE ar_user_change_password_request (id INT NOT NULL AUTO_INCREMENT, ar_user_id INT NOT NULL, at_date DATETIME NOT NULL, old_password VARCHAR(1024), new_password VARCHAR(1024), is_processed TINYINT NOT NULL DEFAULT 0, PRIMARY KEY (id)) ENGINE=InnoDB DEFAULT CHARSET=utf8 COLLATE=utf8_bin;
CREATE TABLE ar_global_permissions (id INT NOT NULL, show_call_cost TINYINT NOT NULL DEFAULT 1, show_call_income TINYINT NOT NULL DEFAULT 1, show_outgoing_calls TINYINT NOT NULL DEFAULT 1, show_incoming_calls TINYINT NOT NULL DEFAULT 0, show_internal_calls TINYINT NOT NULL DEFAULT 0, PRIMARY KEY (id)) ENGINE=InnoDB DEFAULT CHARSET=utf8 COLLATE=utf8_bin;

CREATE TABLE ar_rate_format (id INT NOT NULL AUTO_INCREMENT, ar_type_of_source_cdr_id INT, short_description VARCHAR(255), detailed_description LONGTEXT, internal_name VARCHAR(255), PRIMARY KEY (id)) ENGINE=InnoDB DEFAULT CHARSET=utf8 COLLATE=utf8_bin;
CREATE TABLE ar_rate (
  id INT NOT NULL AUTO_INCREMENT, ar_rate_format_id INT, is_exported_to_resellers TINYINT NOT NULL DEFAULT 0, from_time DATETIME, internal_name VARCHAR(512) NOT NULL, short_description VARCHAR(2048),
  html_description LONGBLOB, source_data_file LONGTEXT, backup_source_data_file LONGTEXT, was_compiled TINYINT NOT NULL DEFAULT 0, PRIMARY KEY (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8 COLLATE=utf8_bin;

CREATE TABLE ar_report (
  id INT NOT NULL AUTO_INCREMENT, ar_report_set_id INT, ar_organization_unit_id INT, ar_user_id INT, from_date DATETIME, to_date DATETIME, php_class_name VARCHAR(512), report_name VARCHAR(512),
  is_template TINYINT NOT NULL DEFAULT 0, produced_report_is_draft TINYINT NOT NULL DEFAULT 0, produced_report_document LONGBLOB, produced_report_must_be_regenerated TINYINT NOT NULL DEFAULT 0, report_mail_body LONGTEXT, PRIMARY KEY (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8 COLLATE=utf8_bin;
CREATE TABLE ar_report_set (id INT NOT NULL AUTO_INCREMENT, ar_report_scheduler_id INT, from_date DATE, to_date DATE, must_be_reviewed TINYINT NOT NULL DEFAULT 0, postponed_fields_are_updated TINYINT NOT NULL DEFAULT 0, PRIMARY KEY (id)) ENGINE=InnoDB DEFAULT CHARSET=utf8 COLLATE=utf8_bin;
CREATE TABLE ar_report_scheduler (id INT NOT NULL AUTO_INCREMENT, is_active TINYINT NOT NULL DEFAULT 1, ar_report_id INT, short_description VARCHAR(255), last_execution_date DATE, PRIMARY KEY (id)) ENGINE=InnoDB DEFAULT CHARSET=utf8 COLLATE=utf8_bin;
CREATE TABLE ar_report_also_for (ar_report_id INT NOT NULL, ar_role_id INT NOT NULL, PRIMARY KEY (ar_report_id, ar_role_id)) ENGINE=InnoDB DEFAULT CHARSET=utf8 COLLATE=utf8_bin;
CREATE TABLE ar_report_generation (id INT NOT NULL, PRIMARY KEY (id)) ENGINE=InnoDB DEFAULT CHARSET=utf8 COLLATE=utf8_bin;
CREATE TABLE ar_report_to_read (id INT NOT NULL AUTO_INCREMENT, ar_user_id INT, ar_report_id INT, seen_or_received_from_user TINYINT NOT NULL DEFAULT 0, PRIMARY KEY (id)) ENGINE=InnoDB DEFAULT CHARSET=utf8 COLLATE=utf8_bin;
CREATE TABLE ar_user_can_view_report (ar_user_id INT NOT NULL, ar_report_id INT NOT NULL, PRIMARY KEY (ar_user_id, ar_report_id)) ENGINE=InnoDB DEFAULT CHARSET=utf8 COLLATE=utf8_bin;

CREATE TABLE ar_bundle_state (id INT NOT NULL AUTO_INCREMENT, to_calldate DATETIME, rating_details LONGBLOB, PRIMARY KEY (id)) ENGINE=InnoDB DEFAULT CHARSET=utf8 COLLATE=utf8_bin;
CREATE TABLE ar_cached_organization_info (ar_organization_unit_id INT NOT NULL, content LONGBLOB, PRIMARY KEY (ar_organization_unit_id)) ENGINE=InnoDB DEFAULT CHARSET=utf8 COLLATE=utf8_bin;
CREATE TABLE ar_temp_source_cdr LIKE ar_source_cdr;
CREATE TABLE ar_temp_source_cdr_to_dest_cdr (ar_cdr_id INT NOT NULL, ar_source_cdr_id INT NOT NULL, PRIMARY KEY (ar_cdr_id, ar_source_cdr_id)) ENGINE=InnoDB DEFAULT CHARSET=utf8 COLLATE=utf8_bin;
CREATE TABLE ar_instance_status (id INT NOT NULL AUTO_INCREMENT, internal_name VARCHAR(255) NOT NULL, instance_id VARCHAR(255), application_version VARCHAR(255), nr_of_errors INT NOT NULL DEFAULT 0, nr_of_critical_errors INT NOT NULL DEFAULT 0, last_processed_cdr_timestamp DATETIME, info_timestamp DATETIME, PRIMARY KEY (id)) ENGINE=InnoDB DEFAULT CHARSET=utf8 COLLATE=utf8_bin;

SET FOREIGN_KEY_CHECKS = 1;
