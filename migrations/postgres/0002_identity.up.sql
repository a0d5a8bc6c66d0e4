create table account (
  id uuid not null primary key,
  username text not null,
  username_key text collate "C" not null,
  email text not null,
  email_key text collate "C" not null,
  password_hash text,
  display_name text not null,
  role text not null,
  session_version bigint not null default 1,
  created_at bigint not null,
  updated_at bigint not null,
  constraint account_role_check check (role in ('user', 'artist', 'moderator', 'admin'))
);
create unique index account_username_key on account (username_key);
create unique index account_email_key on account (email_key);

create table session (
  id uuid not null primary key,
  account_id uuid not null references account (id) on delete cascade,
  refresh_hash bytea not null,
  previous_hash bytea,
  rotated_at bigint,
  user_agent text,
  created_at bigint not null,
  last_used_at bigint not null,
  idle_until bigint not null,
  absolute_until bigint not null,
  ended_at bigint,
  end_reason text,
  constraint session_end_reason_check check (end_reason in ('signed_out', 'reused', 'password_changed', 'revoked'))
);
create index session_account on session (account_id, id);
create index session_idle on session (idle_until);
