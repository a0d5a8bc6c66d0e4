create table release (
  id uuid not null primary key,
  owner_id uuid not null references account (id) on delete restrict,
  slug text collate "C" not null,
  title text not null,
  kind text not null constraint release_kind_check check (kind in ('album', 'single', 'ep', 'compilation')),
  artists text not null,
  released_on text,
  label text,
  licence text not null constraint release_licence_check
    check (licence in ('all_rights_reserved', 'cc_by', 'cc_by_sa', 'cc_by_nc', 'cc_by_nc_sa', 'cc_by_nd', 'cc_by_nc_nd', 'cc0')),
  genre text,
  description text,
  cover_id uuid references picture (id) on delete set null,
  visibility text not null constraint release_visibility_check check (visibility in ('public', 'unlisted', 'private')),
  publish_at bigint,
  published_at bigint,
  live boolean not null,
  track_count bigint not null,
  ready_count bigint not null,
  failed_count bigint not null,
  duration_ms bigint not null,
  loudness_lufs double precision,
  explicit boolean not null,
  version bigint not null,
  updated_by uuid references account (id) on delete set null,
  created_at bigint not null,
  updated_at bigint not null
);
create unique index release_slug_key on release (slug);
create index release_owner on release (owner_id, id);
create index release_public on release (published_at, id) where visibility = 'public';
create index release_cover on release (cover_id);
create index release_updated_by on release (updated_by);

-- whose it is, once more in rows, to be looked up by artist; release.artists is what lists show
create table release_artist (
  release_id uuid not null references release (id) on delete cascade,
  position bigint not null,
  artist_id uuid references artist (id),
  primary key (release_id, position)
);
create index release_artist_artist on release_artist (artist_id, release_id);

alter table track add column release_id uuid references release (id) on delete set null;
create index track_release on track (release_id, id);

-- where its sender had the file: a hint to what belongs together
alter table upload add column folder text;
