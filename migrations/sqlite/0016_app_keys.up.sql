-- keys that let programs act for a person: found by a hash, and kept sealed for protocols that sign with the secret itself
create table app_key (
  id blob not null primary key,
  account_id blob not null references account (id) on delete cascade,
  name text not null,
  scopes text not null,
  secret_hash blob not null,
  secret_sealed blob not null,
  created_at bigint not null,
  last_used_at bigint
) without rowid;
create unique index app_key_secret_hash_key on app_key (secret_hash);
create index app_key_account on app_key (account_id, id);
