drop table admin_turn;
drop index account_rank;
drop table known_device;
alter table session drop column proved_at;
alter table account drop column email_verified_at;
alter table account drop column ban_reason;
alter table account drop column banned_at;
