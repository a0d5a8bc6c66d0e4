-- the key behind all that is sealed, wrapped by each secret that may be in use
create table data_key (
  secret_id blob not null primary key,
  wrapped blob not null,
  created_at bigint not null
) without rowid;

-- a key for each subject and day: without it, what its rows tell of people cannot be read any more
create table audit_key (
  id blob not null primary key,
  subject_kind text not null,
  subject_id blob not null,
  day bigint not null,
  sealed blob not null
) without rowid;
create unique index audit_key_subject_day_key on audit_key (subject_kind, subject_id, day);
create index audit_key_day on audit_key (day);

create table audit_row (
  seq bigint not null primary key,
  at bigint not null,
  actor blob,
  action text not null,
  subject_kind text not null,
  subject_id blob not null,
  origin_key blob,
  origin blob,
  changes_key blob,
  changes blob,
  prev blob not null,
  hash blob not null
) without rowid;
create index audit_row_actor on audit_row (actor, seq);
create index audit_row_subject on audit_row (subject_id, seq);
create index audit_row_action on audit_row (action, seq);

-- the last row; who appends holds it until the end of the transaction
create table audit_head (
  id bigint not null primary key,
  seq bigint not null,
  hash blob not null,
  constraint audit_head_id_check check (id = 1)
) without rowid;
insert into audit_head (id, seq, hash) values (1, 0, zeroblob(32));

create table audit_signature (
  seq bigint not null primary key,
  hash blob not null,
  signed_at bigint not null,
  public_key blob not null,
  signature blob not null
) without rowid;

-- what strangers can repeat at will is counted, not written again and again
create table audit_tally (
  action text not null,
  subject_kind text not null,
  subject_id blob not null,
  network blob not null,
  since bigint not null,
  times bigint not null,
  primary key (action, subject_kind, subject_id, network)
) without rowid;
create index audit_tally_since on audit_tally (since);

create trigger audit_row_update before update on audit_row begin select raise(abort, 'audit_is_append_only'); end;
create trigger audit_row_delete before delete on audit_row begin select raise(abort, 'audit_is_append_only'); end;
-- "insert or replace" deletes without a trigger
create trigger audit_row_replace before insert on audit_row
  when exists (select 1 from audit_row where seq = new.seq)
  begin select raise(abort, 'audit_is_append_only'); end;
create trigger audit_signature_update before update on audit_signature begin select raise(abort, 'audit_is_append_only'); end;
create trigger audit_signature_delete before delete on audit_signature begin select raise(abort, 'audit_is_append_only'); end;
create trigger audit_signature_replace before insert on audit_signature
  when exists (select 1 from audit_signature where seq = new.seq)
  begin select raise(abort, 'audit_is_append_only'); end;
