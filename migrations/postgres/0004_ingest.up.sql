create table upload (
  id uuid not null primary key,
  track_id uuid not null references track (id) on delete cascade,
  file_name text not null,
  container text not null,
  mime text not null,
  size_bytes bigint not null,
  sha256 bytea not null,
  blob_key text not null,
  created_at bigint not null
);

create unique index upload_track_key on upload (track_id);

create table analysis (
  track_id uuid not null primary key references track (id) on delete cascade,
  frames bigint not null,
  sample_rate bigint not null,
  peaks bytea not null,
  fingerprint bytea not null,
  created_at bigint not null
);

create table rendition (
  track_id uuid not null references track (id) on delete cascade,
  name text not null,
  set_id uuid not null,
  family text not null constraint rendition_family_check check (family in ('opus', 'aac', 'flac')),
  blob_key text not null,
  size_bytes bigint not null,
  layout text not null,
  created_at bigint not null,
  primary key (track_id, name)
);
