-- the name as one reads it at a glance: letters and digits that look alike are one, and so are _ . -
alter table account add column username_look text;
-- the age that its owner had reached at sign-up, where the house asked; the date of birth is not kept
alter table account add column age_passed bigint;
update account set username_look = lower(
    replace(replace(replace(replace(replace(username, 'I', 'l'), '1', 'l'), '0', 'o'), '.', '_'), '-', '_'));
update account set username_look = replace(replace(username_look, 'rn', 'm'), 'vv', 'w');
update account set username_look = replace(replace(replace(replace(replace(replace(
    username_look, '__', '_'), '__', '_'), '__', '_'), '__', '_'), '__', '_'), '__', '_');
-- of those that look alike already the oldest keeps the look; the others keep their names
update account set username_look = null where exists
    (select 1 from account older where older.username_look = account.username_look and older.id < account.id);
create unique index account_username_look_key on account (username_look);

create table invite (
  id blob not null primary key,
  account_id blob not null references account (id) on delete cascade,
  code_hash blob not null,
  note text,
  uses bigint not null,
  used bigint not null default 0,
  created_at bigint not null,
  expires_at bigint not null,
  revoked_at bigint,
  constraint invite_used_check check (used <= uses)
) without rowid;
create unique index invite_code_hash_key on invite (code_hash);
create index invite_account on invite (account_id, id);

-- who came by which invite
create table invite_use (
  account_id blob not null primary key references account (id) on delete cascade,
  invite_id blob not null references invite (id) on delete cascade,
  created_at bigint not null
) without rowid;
create index invite_use_invite on invite_use (invite_id);

-- secrets that went out by mail: whoever brings one back reads that mailbox
create table proof (
  id blob not null primary key,
  account_id blob not null references account (id) on delete cascade,
  purpose text not null,
  email_key text not null,
  session_id blob,
  token_hash blob not null,
  code_mac blob,
  tries bigint not null default 0,
  created_at bigint not null,
  expires_at bigint not null,
  used_at bigint,
  constraint proof_purpose_check check (purpose in ('verify', 'reset', 'email_old', 'email_new'))
) without rowid;
create unique index proof_token_hash_key on proof (token_hash);
create index proof_account on proof (account_id, purpose, created_at);
create index proof_expires on proof (expires_at);

-- an address that an account asked for and has not proved
create table email_change (
  account_id blob not null primary key references account (id) on delete cascade,
  email text not null,
  email_key text not null,
  session_id blob,
  old_at bigint,
  new_at bigint,
  created_at bigint not null,
  expires_at bigint not null
) without rowid;
create index email_change_expires on email_change (expires_at);
