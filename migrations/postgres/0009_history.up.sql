-- what somebody heard last, one row a track
create table heard (
  account_id uuid not null references account (id) on delete cascade,
  track_id uuid not null references track (id) on delete cascade,
  times bigint not null,
  heard_at bigint not null,
  primary key (account_id, track_id)
);
create index heard_recently on heard (account_id, heard_at, track_id);
create index heard_track on heard (track_id);
