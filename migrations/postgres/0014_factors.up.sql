create table totp (
  account_id uuid not null references account (id) on delete cascade,
  state text not null,
  secret bytea not null,
  last_step bigint not null,
  created_at bigint not null,
  constraint totp_state_check check (state in ('offered', 'live')),
  primary key (account_id, state)
);

create table recovery_code (
  account_id uuid not null references account (id) on delete cascade,
  hash bytea not null,
  used_at bigint,
  primary key (account_id, hash)
);

create table passkey (
  id uuid not null primary key,
  account_id uuid not null references account (id) on delete cascade,
  credential_id bytea not null,
  name text not null,
  credential text not null,
  sign_count bigint not null,
  backup_eligible boolean not null,
  backed_up boolean not null,
  created_at bigint not null,
  last_used_at bigint
);
create unique index passkey_credential_id_key on passkey (credential_id);
create index passkey_account on passkey (account_id, id);

create table ceremony (
  id uuid not null primary key,
  kind text not null,
  account_id uuid references account (id) on delete cascade,
  bound_to bytea,
  state text not null,
  expires_at bigint not null,
  constraint ceremony_kind_check check (kind in ('registration', 'second_step', 'sign_in', 'step_up'))
);
create index ceremony_account on ceremony (account_id);
create index ceremony_expires on ceremony (expires_at);

create table second_step (
  hash bytea not null primary key,
  account_id uuid not null references account (id) on delete cascade,
  session_version bigint not null,
  tries bigint not null,
  expires_at bigint not null
);
create index second_step_account on second_step (account_id);
create index second_step_expires on second_step (expires_at);

create table code_wait (
  account_id uuid not null primary key references account (id) on delete cascade,
  wrong bigint not null,
  wait_until bigint not null,
  last_at bigint not null
);
