-- since when the account may do nothing, and what it is told
alter table account add column banned_at bigint;
alter table account add column ban_reason text;
-- since when we know that its letters arrive; of the address of now
alter table account add column email_verified_at bigint;
-- when the person last proved, on this device, who they are
alter table session add column proved_at bigint not null default 0;

-- devices that have signed in before: a hash of what each is known by
create table known_device (
  account_id uuid not null references account (id) on delete cascade,
  mark bytea not null,
  first_seen_at bigint not null,
  last_seen_at bigint not null,
  constraint known_device_pkey primary key (account_id, mark)
);
create index known_device_seen on known_device (last_seen_at);
-- whether there is another administrator
create index account_rank on account (role) where role in ('moderator', 'admin');
-- held by a transaction that takes an administrator away, so that no two take the last two
create table admin_turn (
  name text not null primary key,
  turns bigint not null default 0
);
insert into admin_turn (name) values ('admins');
