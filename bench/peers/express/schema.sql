create table users (
  id uuid primary key,
  email text unique not null,
  name text not null,
  password_hash text not null
);
create table sessions (
  id uuid primary key,
  user_id uuid not null references users,
  refresh_hash bytea not null,
  user_agent text,
  created_at timestamptz not null default now()
);
create index on sessions (user_id);
create table artists (
  id uuid primary key,
  name text unique not null,
  image_url text
);
create table albums (
  id uuid primary key,
  title text not null,
  artist_id uuid not null references artists,
  year int,
  cover_url text
);
create table songs (
  id uuid primary key,
  title text not null,
  artist_id uuid not null references artists,
  album_id uuid references albums,
  genre text,
  duration_ms int not null,
  bpm int,
  mime text not null,
  plays int not null default 0,
  likes_count int not null default 0,
  created_at timestamptz not null
);
create table likes (
  user_id uuid not null references users,
  song_id uuid not null references songs,
  created_at timestamptz not null default now(),
  primary key (user_id, song_id)
);
