// The usual Node API stack, with what such projects switch on: helmet, compression, a rate limit, an access log.
// Prepared statements, indexes and keyset pages: a strong peer and no straw man.
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import argon2 from 'argon2';
import compression from 'compression';
import express from 'express';
import { rateLimit } from 'express-rate-limit';
import helmet from 'helmet';
import jwt from 'jsonwebtoken';
import pg from 'pg';
import pino from 'pino';
import pinoHttp from 'pino-http';

const { PORT, SECRET, DATABASE_URL } = process.env;
const pool = new pg.Pool({ connectionString: DATABASE_URL, max: 10 });
const app = express();
app.disable('x-powered-by');
app.use(helmet());
app.use(compression());
app.use(rateLimit({ windowMs: 60_000, limit: 1e9, standardHeaders: 'draft-7', legacyHeaders: false }));
app.use(pinoHttp({ logger: pino(pino.destination(1)) }));
app.use(express.json({ limit: '1mb' }));

const maybeSignedIn = (req, _res, next) => {
  const header = req.headers.authorization;
  if (header?.startsWith('Bearer ')) {
    try {
      req.user = jwt.verify(header.slice(7), SECRET);
    } catch {
      // anonymous then
    }
  }
  next();
};

const SONGS = `
  select s.id, s.title, s.genre, s.duration_ms, s.bpm, s.mime, s.plays, s.likes_count, s.created_at,
         a.id as artist_id, a.name as artist_name, a.image_url as artist_image,
         b.id as album_id, b.title as album_title, b.year, b.cover_url,
         l.user_id is not null as liked
    from songs s
    join artists a on a.id = s.artist_id
    left join albums b on b.id = s.album_id
    left join likes l on l.song_id = s.id and l.user_id = $1`;
const ORDER = 'order by s.created_at desc, s.id desc limit $2';
const ONE = { name: 'one', text: `${SONGS} where s.id = $2` };
const FIRST = { name: 'first', text: `${SONGS} ${ORDER}` };
const NEXT = { name: 'next', text: `${SONGS} where (s.created_at, s.id) < ($3, $4) ${ORDER}` };
const UUID = /^[0-9a-f]{8}-[0-9a-f-]{27}$/;

const shape = (row) => ({
  id: row.id,
  title: row.title,
  genre: row.genre,
  durationMs: row.duration_ms,
  bpm: row.bpm,
  mime: row.mime,
  plays: row.plays,
  likes: row.likes_count,
  liked: row.liked,
  createdAt: row.created_at,
  streamUrl: `/api/songs/${row.id}/stream`,
  artist: { id: row.artist_id, name: row.artist_name, imageUrl: row.artist_image },
  album: row.album_id && { id: row.album_id, title: row.album_title, year: row.year, coverUrl: row.cover_url },
});

const cursorAfter = ({ created_at, id }) => Buffer.from(`${created_at.getTime()}|${id}`).toString('base64url');

const readCursor = (cursor) => {
  const [time, id] = Buffer.from(String(cursor), 'base64url').toString().split('|');
  return [new Date(Number(time)), id];
};

const PERSON = { name: 'person', text: 'select id, email, name, password_hash from users where email = $1' };
const OPEN = {
  name: 'open',
  text: 'insert into sessions (id, user_id, refresh_hash, user_agent) values ($1, $2, $3, $4)',
};

app.post('/api/auth/login', async (req, res) => {
  const { email, password } = req.body ?? {};
  if (typeof email !== 'string' || typeof password !== 'string') return res.status(400).json({ error: 'bad request' });
  const { rows } = await pool.query({ ...PERSON, values: [email.toLowerCase()] });
  const user = rows[0];
  if (!user || !(await argon2.verify(user.password_hash, password))) return res.status(401).json({ error: 'wrong' });
  const refresh = randomBytes(32).toString('base64url');
  const hash = createHash('sha256').update(refresh).digest();
  await pool.query({ ...OPEN, values: [randomUUID(), user.id, hash, req.get('user-agent') ?? null] });
  res.cookie('rt', refresh, { httpOnly: true, sameSite: 'strict', maxAge: 30 * 86_400_000 });
  res.json({
    user: { id: user.id, email: user.email, name: user.name },
    access_token: jwt.sign({ sub: user.id, role: 'USER' }, SECRET, { expiresIn: '5m' }),
    token_type: 'Bearer',
    expires_in: 300,
  });
});

app.get('/health', (_req, res) => res.json({ status: 'ok' }));

app.get('/api/songs', maybeSignedIn, async (req, res) => {
  const { cursor } = req.query;
  const limit = Math.min(100, Number(req.query.limit) || 50);
  const values = [req.user?.sub ?? null, limit, ...(cursor ? readCursor(cursor) : [])];
  const { rows } = await pool.query({ ...(cursor ? NEXT : FIRST), values });
  res.json({ items: rows.map(shape), next_cursor: rows.length === limit ? cursorAfter(rows.at(-1)) : null });
});

app.get('/api/songs/:id', maybeSignedIn, async (req, res) => {
  if (!UUID.test(req.params.id)) return res.status(400).json({ error: 'bad id' });
  const { rows } = await pool.query({ ...ONE, values: [req.user?.sub ?? null, req.params.id] });
  if (!rows[0]) return res.status(404).json({ error: 'not found' });
  res.json(shape(rows[0]));
});

app.use((error, _req, res, _next) => res.status(500).json({ error: 'internal', detail: error.message }));
app.listen(Number(PORT), '127.0.0.1');
