-- Rows that every installation has.
INSERT INTO ar_problem_type VALUES (10,'Info'),(20,'Warning'),(30,'Error'),(40,'Critical'),(50,'Internal Log');
INSERT INTO ar_problem_domain VALUES (10,'VoIP Accounts'),(20,'Rates'),(30,'Call Flow Merging Rules'),(40,'Application Code'),(50,'Reports'),(60,'Configurations'),(70,'Safety');
INSERT INTO ar_problem_responsible VALUES (10,'Administrator'),(20,'Application Assistance');
INSERT INTO ar_params (id, name, is_default, service_name, service_provider_website, legal_name, official_calldate) VALUES (1, 'Default', 1, 'Stand-in Telephony', 'http://www.example.com', 'Stand-in Telephony Ltd', NULL);
INSERT INTO ar_type_of_source_cdr VALUES (1,'csv-header');
INSERT INTO ar_logical_source VALUES (1,'stand-in');
INSERT INTO ar_physical_format VALUES (1,1,'2015');
INSERT INTO ar_cdr_provider VALUES (1,'demo','Provider of the demonstration data'),(2,'trunk-2','Second provider');
INSERT INTO ar_organization_unit_type VALUES (1,'Customer','customer','C',10),(2,'Office','office','O',20),(3,'Extension','extension','E',30);
INSERT INTO ar_rate_format VALUES (1,1,'Rate plan','Rates by destination','rate-plan'),(2,1,'Price categories','CSV','csv-price');
INSERT INTO ar_global_permissions (id) VALUES (1);
