-- Views, triggers, routines. @DEFINER@ is the admin database user, as in the original: dumps carry it, and it bites there.
DELIMITER $$

DROP VIEW IF EXISTS ar_view_all_user_permissions$$
CREATE DEFINER=@DEFINER@ VIEW ar_view_all_user_permissions AS
  SELECT u.id AS ar_user_id, p.ar_permission_id FROM ar_user u JOIN ar_user_has_permission p ON p.ar_user_id = u.id$$
DROP VIEW IF EXISTS ar_report_to_read_user_view$$
CREATE DEFINER=@DEFINER@ VIEW ar_report_to_read_user_view AS
  SELECT r.id AS ar_report_id, t.ar_user_id, t.seen_or_received_from_user FROM ar_report r JOIN ar_report_to_read t ON t.ar_report_id = r.id$$

DROP FUNCTION IF EXISTS get_ported_telephone_number$$
CREATE DEFINER=@DEFINER@ FUNCTION get_ported_telephone_number(d VARCHAR(320), x DATETIME) RETURNS VARCHAR(320) CHARSET utf8 DETERMINISTIC
  RETURN d$$

DROP PROCEDURE IF EXISTS add_daily_status_change_event$$
CREATE DEFINER=@DEFINER@ PROCEDURE add_daily_status_change_event(IN d DATETIME)
BEGIN
  INSERT IGNORE INTO ar_daily_status_change (day, ar_daily_status_job_id) SELECT DATE(d), id FROM ar_daily_status_job;
END$$

DROP PROCEDURE IF EXISTS schedule_rerating$$
CREATE DEFINER=@DEFINER@ PROCEDURE schedule_rerating(IN d DATETIME)
BEGIN
  UPDATE ar_params SET scheduled_rerate_from_specific_calldate = LEAST(COALESCE(scheduled_rerate_from_specific_calldate, d), d) WHERE is_default = 1;
END$$

DROP TRIGGER IF EXISTS type_of_source_cdr$$
CREATE DEFINER=@DEFINER@ TRIGGER type_of_source_cdr BEFORE INSERT ON ar_source_cdr FOR EACH ROW
BEGIN
  IF NEW.is_imported_service_cdr IS NULL THEN SET NEW.is_imported_service_cdr = 0; END IF;
END$$

DROP TRIGGER IF EXISTS invalidate_cached_ar_organization_unit_has_structure_INSERT$$
CREATE DEFINER=@DEFINER@ TRIGGER invalidate_cached_ar_organization_unit_has_structure_INSERT AFTER INSERT ON ar_organization_unit_has_structure FOR EACH ROW
BEGIN
  DELETE FROM ar_cached_organization_info WHERE ar_organization_unit_id = NEW.ar_organization_unit_id;
END$$

DROP TRIGGER IF EXISTS compile_rate_trigger$$
CREATE DEFINER=@DEFINER@ TRIGGER compile_rate_trigger BEFORE UPDATE ON ar_rate FOR EACH ROW
BEGIN
  IF NOT (NEW.source_data_file <=> OLD.source_data_file) THEN
    SET NEW.was_compiled = 0;
    CALL schedule_rerating(COALESCE(NEW.from_time, NOW()));
  END IF;
END$$

-- The original's cascades, for an engine without foreign keys: a user that goes takes along what other tables have of it.
DROP TRIGGER IF EXISTS trigger_cascade_on_ar_user$$
CREATE DEFINER=@DEFINER@ TRIGGER trigger_cascade_on_ar_user AFTER DELETE ON ar_user FOR EACH ROW
BEGIN
  DELETE FROM ar_user_has_role WHERE ar_user_id = OLD.id;
  DELETE FROM ar_user_has_permission WHERE ar_user_id = OLD.id;
  DELETE FROM ar_report_to_read WHERE ar_user_id = OLD.id;
  DELETE FROM ar_user_can_view_report WHERE ar_user_id = OLD.id;
END$$

DELIMITER ;
