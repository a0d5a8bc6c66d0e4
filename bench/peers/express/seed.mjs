// Fills an empty database: node seed.mjs SONGS ARTISTS. Prints a token for the first user.
import { readFileSync } from 'node:fs';
import argon2 from 'argon2';
import jwt from 'jsonwebtoken';
import pg from 'pg';

const [songs, artists] = process.argv.slice(2).map(Number);
const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
await client.connect();
await client.query(readFileSync(new URL('./schema.sql', import.meta.url), 'utf8'));

// the same parameters as ours
const hash = await argon2.hash(process.env.PASSWORD, { type: argon2.argon2id, memoryCost: 19456, timeCost: 2, parallelism: 1 });
await client.query(
  `insert into users (id, email, name, password_hash)
   select gen_random_uuid(), 'user' || i || '@example.com', 'User ' || i, $1 from generate_series(1, 100) i`,
  [hash],
);
await client.query(
  `insert into artists (id, name, image_url)
   select gen_random_uuid(), 'Artist ' || i, '/images/' || i || '.jpg' from generate_series(1, $1::int) i`,
  [artists],
);
await client.query(
  `insert into albums (id, title, artist_id, year, cover_url)
   select gen_random_uuid(), 'Album of ' || name, id, 2020, '/covers/' || id || '.jpg' from artists`,
);
await client.query(
  `insert into songs (id, title, artist_id, album_id, genre, duration_ms, bpm, mime, plays, likes_count, created_at)
   select gen_random_uuid(), 'Song number ' || i, a.id, b.id, 'Ambient', 120000 + i % 240000, 90 + i % 60, 'audio/flac',
          i % 1000, i % 50, timestamptz '2024-01-01' + i * interval '1 minute'
     from generate_series(1, $1::int) i
     join artists a on a.name = 'Artist ' || (i % $2::int + 1)
     join albums b on b.artist_id = a.id`,
  [songs, artists],
);
await client.query(
  `insert into likes (user_id, song_id)
   select u.id, s.id from users u join songs s on hashtext(u.email || s.title) % 10 = 0`,
);
await client.query('create index on songs (created_at desc, id desc)');
await client.query('create index on songs (artist_id)');
await client.query('create index on songs (album_id)');
await client.query('create index on likes (song_id)');

const { rows } = await client.query(`select id from users where email = 'user1@example.com'`);
console.log(jwt.sign({ sub: rows[0].id, role: 'USER' }, process.env.SECRET, { expiresIn: '1h' }));
await client.end();
