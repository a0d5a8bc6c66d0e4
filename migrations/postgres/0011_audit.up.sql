-- the key behind all that is sealed, wrapped by each secret that may be in use
create table data_key (
  secret_id bytea not null primary key,
  wrapped bytea not null,
  created_at bigint not null
);

-- a key for each subject and day: without it, what its rows tell of people cannot be read any more
create table audit_key (
  id uuid not null primary key,
  subject_kind text not null,
  subject_id uuid not null,
  day bigint not null,
  sealed bytea not null
);
create unique index audit_key_subject_day_key on audit_key (subject_kind, subject_id, day);
create index audit_key_day on audit_key (day);

create table audit_row (
  seq bigint not null primary key,
  at bigint not null,
  actor uuid,
  action text not null,
  subject_kind text not null,
  subject_id uuid not null,
  origin_key uuid,
  origin bytea,
  changes_key uuid,
  changes bytea,
  prev bytea not null,
  hash bytea not null
);
create index audit_row_actor on audit_row (actor, seq);
create index audit_row_subject on audit_row (subject_id, seq);
create index audit_row_action on audit_row (action, seq);

-- the last row; who appends holds it until the end of the transaction
create table audit_head (
  id bigint not null primary key,
  seq bigint not null,
  hash bytea not null,
  constraint audit_head_id_check check (id = 1)
);
insert into audit_head (id, seq, hash) values (1, 0, decode(repeat('00', 32), 'hex'));

create table audit_signature (
  seq bigint not null primary key,
  hash bytea not null,
  signed_at bigint not null,
  public_key bytea not null,
  signature bytea not null
);

-- what strangers can repeat at will is counted, not written again and again
create table audit_tally (
  action text not null,
  subject_kind text not null,
  subject_id uuid not null,
  network bytea not null,
  since bigint not null,
  times bigint not null,
  primary key (action, subject_kind, subject_id, network)
);
create index audit_tally_since on audit_tally (since);

create function audit_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception using errcode = 'check_violation', constraint = 'audit_is_append_only',
    message = 'the audit trail is append-only';
end $$;
create trigger audit_row_change before update or delete or truncate on audit_row
  for each statement execute function audit_is_append_only();
create trigger audit_signature_change before update or delete or truncate on audit_signature
  for each statement execute function audit_is_append_only();
