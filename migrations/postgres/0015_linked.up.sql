create table linked (
  issuer text collate "C" not null,
  subject text collate "C" not null,
  account_id uuid not null references account (id) on delete cascade,
  provider text collate "C" not null,
  email text,
  linked_at bigint not null,
  last_used_at bigint not null,
  primary key (issuer, subject)
);
create unique index linked_account_provider_key on linked (account_id, provider);

create table linked_trip (
  state_hash bytea not null primary key,
  browser_hash bytea not null,
  provider text collate "C" not null,
  next text not null,
  session_id uuid references session (id) on delete cascade,
  expires_at bigint not null
);
create index linked_trip_session on linked_trip (session_id);
create index linked_trip_expires on linked_trip (expires_at);

create table linked_newcomer (
  hash bytea not null primary key,
  issuer text not null,
  subject text not null,
  provider text not null,
  email text not null,
  vouched boolean not null,
  username text not null,
  display_name text,
  next text not null,
  expires_at bigint not null
);
create index linked_newcomer_expires on linked_newcomer (expires_at);
