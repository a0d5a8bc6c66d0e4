drop table audit_tally;
drop table audit_signature;
drop table audit_head;
drop table audit_row;
drop table audit_key;
drop table data_key;
drop function audit_is_append_only();
