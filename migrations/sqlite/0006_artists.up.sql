create table artist (
  id blob not null primary key,
  slug text not null,
  name text not null,
  name_key text not null,
  bio text,
  links text not null,
  picture_id blob references picture (id) on delete set null,
  release_count bigint not null,
  track_count bigint not null,
  version bigint not null,
  updated_by blob references account (id) on delete set null,
  created_at bigint not null,
  updated_at bigint not null
);
create unique index artist_slug_key on artist (slug);
create index artist_name on artist (name_key, id);
create index artist_picture on artist (picture_id);
create index artist_updated_by on artist (updated_by);

create table artist_member (
  artist_id blob not null references artist (id) on delete cascade,
  account_id blob not null references account (id) on delete cascade,
  role text not null constraint artist_member_role_check check (role in ('owner', 'manager', 'editor', 'viewer')),
  created_at bigint not null,
  primary key (artist_id, account_id)
) without rowid;
create index artist_member_account on artist_member (account_id, artist_id);

-- addresses that something had before: whoever follows them is led on
create table old_slug (
  kind text not null constraint old_slug_kind_check check (kind in ('artist', 'release')),
  slug text not null,
  subject_id blob not null,
  created_at bigint not null,
  primary key (kind, slug)
) without rowid;
create index old_slug_subject on old_slug (subject_id);

alter table track add column credits text not null default '[]';
alter table track add column isrc text;
alter table track add column explicit boolean not null default false;
alter table track add column lyrics text;
alter table track add column licence text not null default 'all_rights_reserved' constraint track_licence_check
  check (licence in ('all_rights_reserved', 'cc_by', 'cc_by_sa', 'cc_by_nc', 'cc_by_nc_sa', 'cc_by_nd', 'cc_by_nc_nd', 'cc0'));
alter table track add column shape text;
alter table track add column edited_by blob references account (id) on delete set null;
alter table track add column edited_at bigint;
create index track_edited_by on track (edited_by);

-- who did what on a track, once more in rows, to be looked up by artist and by name; track.credits is what lists show
create table track_credit (
  track_id blob not null references track (id) on delete cascade,
  position bigint not null,
  role text not null constraint track_credit_role_check
    check (role in ('main', 'featured', 'remixer', 'producer', 'composer', 'lyricist', 'performer', 'engineer', 'other')),
  name_key text not null,
  artist_id blob references artist (id) on delete set null,
  primary key (track_id, position)
) without rowid;
create index track_credit_artist on track_credit (artist_id, track_id);
create index track_credit_name on track_credit (name_key, track_id) where artist_id is null;

-- the artists of before become main credits
update track set credits = (
  select json_group_array(json_object('role', 'main', 'name', j.value, 'artist', null)) from json_each(track.artists) j);
insert into track_credit (track_id, position, role, name_key)
  select t.id, j.key, 'main', lower(j.value) from track t join json_each(t.artists) j;
