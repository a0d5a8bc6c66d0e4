drop table email_change;
drop table proof;
drop table invite_use;
drop table invite;
drop index account_username_look_key;
alter table account drop column age_passed;
alter table account drop column username_look;
