create table picture (
  id uuid not null primary key,
  owner_id uuid not null references account (id) on delete restrict,
  sha256 bytea not null,
  summary text not null,
  folder text,
  created_at bigint not null
);

create unique index picture_owner_id_sha256_key on picture (owner_id, sha256);
create index picture_created on picture (created_at);

-- a track names a picture now; the covers of before lie in its folder until a job has taken them over
alter table track rename column cover_id to old_cover_id;
alter table track add column cover_id uuid references picture (id) on delete set null;
create index track_cover on track (cover_id);
create index track_old_cover on track (id) where old_cover_id is not null;
