-- keys that let programs act for a person: found by a hash, and kept sealed for protocols that sign with the secret itself
create table app_key (
  id uuid not null primary key,
  account_id uuid not null references account (id) on delete cascade,
  name text not null,
  scopes text not null,
  secret_hash bytea not null,
  secret_sealed bytea not null,
  created_at bigint not null,
  last_used_at bigint
);
create unique index app_key_secret_hash_key on app_key (secret_hash);
create index app_key_account on app_key (account_id, id);
