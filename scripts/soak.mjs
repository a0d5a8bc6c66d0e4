// The long test. Starts the release binary on a fresh folder, uploads every file of the album,
// waits until all are ready, and then lets listeners listen: lists, links, ranges, HLS.
// Fails on any error, and when memory keeps growing. Prints one JSON line.
//
//   node scripts/soak.mjs HATHOR_BINARY ALBUM_FOLDER MINUTES

import { spawn } from "node:child_process";
import { mkdtempSync, openAsBlob, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const [binary, album, minutes] = process.argv.slice(2);
const LISTENERS = 8;
const PAUSE_MS = 1000;
const SAMPLE_MS = 10_000;
const READY_WITHIN_MS = 60 * 60_000;
const MOST_GROWTH_MB_PER_HOUR = 1;

const wait = (ms) => new Promise((done) => setTimeout(done, ms));
const pick = (list) => list[Math.floor(Math.random() * list.length)];
const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

/** A port that nobody holds. */
function freePort() {
  return new Promise((done) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

/** Someone who signs up, and signs in again before the token runs out. */
class Person {
  constructor(origin, name) {
    this.origin = origin;
    this.name = name;
    this.password = `a long phrase that only ${name} knows`;
  }

  async signUp() {
    this.keep(await this.post("/api/auth/register", { username: this.name, email: `${this.name}@example.org`, password: this.password }));
  }

  async signIn() {
    this.keep(await this.post("/api/auth/login", { login: this.name, password: this.password }));
  }

  keep({ access_token, expires_in }) {
    this.token = access_token;
    this.renewAt = Date.now() + (expires_in * 1000) / 2;
  }

  async call(path, options = {}) {
    if (this.token && Date.now() > this.renewAt) {
      this.renewAt = Infinity;
      await this.signIn();
    }
    const headers = { ...(this.token && { authorization: `Bearer ${this.token}` }), ...options.headers };
    const answer = await fetch(new URL(path, this.origin), { ...options, headers });
    if (!answer.ok) throw new Error(`${options.method ?? "GET"} ${path.split("?")[0]}: ${answer.status} ${await answer.text()}`);
    return answer;
  }

  async get(path) {
    return (await this.call(path)).json();
  }

  async post(path, body) {
    const headers = { "content-type": "application/json" };
    return (await this.call(path, { method: "POST", headers, body: JSON.stringify(body) })).json();
  }

  async upload(path, name) {
    const form = new FormData();
    form.append("file", await openAsBlob(path), name);
    const { tracks } = await (await this.call("/api/uploads", { method: "POST", body: form })).json();
    return tracks[0].id;
  }

  async publish(id) {
    const headers = { "content-type": "application/json" };
    await this.call(`/api/tracks/${id}`, { method: "PATCH", headers, body: JSON.stringify({ visibility: "public" }) });
  }
}

/** Uploads the whole album; resolves when every track is ready. */
async function fillHouse(artist) {
  const files = readdirSync(album).filter((name) => name.endsWith(".ogg"));
  const ids = [];
  for (const name of files) ids.push(await artist.upload(join(album, name), name));
  const end = Date.now() + READY_WITHIN_MS;
  for (const id of ids) {
    await untilReady(artist, id, end);
    await artist.publish(id);
  }
  return ids;
}

async function untilReady(artist, id, end) {
  while (Date.now() < end) {
    const track = await artist.get(`/api/tracks/${id}`);
    if (track.state === "ready") return;
    if (track.state === "failed") throw new Error(`${track.title} failed: ${JSON.stringify(track.failure)}`);
    await wait(2000);
  }
  throw new Error(`${id} did not become ready`);
}

/** One visit: look around, press play, hear a piece of the original and two segments of the stream. */
async function visit(listener) {
  const { items } = await listener.get("/api/tracks?limit=50");
  const { url, hls_url, size } = await listener.post(`/api/tracks/${pick(items).id}/play`, {});
  const from = Math.floor(Math.random() * Math.max(1, size - 65_536));
  const part = await fetch(new URL(url, listener.origin), { headers: { range: `bytes=${from}-${from + 65_535}` } });
  if (part.status !== 206) throw new Error(`a range was answered with ${part.status}`);
  await part.arrayBuffer();
  await hearStream(new URL(hls_url, listener.origin));
}

async function hearStream(master) {
  const playlist = new URL(pick(addresses(await text(master))), master);
  const lines = await text(playlist);
  const ranges = [...lines.matchAll(/BYTERANGE:(\d+)@(\d+)/g)].slice(0, 2);
  const file = new URL(addresses(lines)[0], playlist);
  for (const [, length, offset] of ranges) {
    const last = Number(offset) + Number(length) - 1;
    const segment = await fetch(file, { headers: { range: `bytes=${offset}-${last}` } });
    const bytes = (await segment.arrayBuffer()).byteLength;
    if (segment.status !== 206 || bytes !== Number(length)) throw new Error(`a segment: ${segment.status}, ${bytes} bytes`);
  }
}

async function text(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url.pathname}: ${answer.status}`);
  return answer.text();
}

const addresses = (playlist) => playlist.split("\n").filter((line) => line && !line.startsWith("#"));

async function listenUntil(listener, end, tally) {
  while (Date.now() < end) {
    try {
      await visit(listener);
      tally.visits += 1;
    } catch (error) {
      tally.errors.push(String(error));
    }
    await wait(PAUSE_MS);
  }
}

/** Private memory of a process in MB, as the kernel counts it. */
function memory(pid) {
  const [, kb] = /^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"));
  return Number(kb) / 1024;
}

/** MB per hour from the middle third of the samples to the last one; the first third is warming up. */
function growth(samples) {
  const third = Math.floor(samples.length / 3);
  const [middle, last] = [samples.slice(third, 2 * third), samples.slice(2 * third)];
  return ((median(last) - median(middle)) * 3_600_000) / (third * SAMPLE_MS);
}

async function start(data) {
  const port = await freePort();
  const server = spawn(binary, ["serve", "--data", data, "--listen", `127.0.0.1:${port}`], { stdio: ["ignore", "ignore", "inherit"] });
  const origin = `http://127.0.0.1:${port}`;
  for (let tries = 0; tries < 100; tries += 1) {
    if (await fetch(`${origin}/ready`).then((answer) => answer.ok, () => false)) return { server, origin };
    await wait(200);
  }
  server.kill();
  throw new Error("the server did not become ready");
}

async function soak(server, origin) {
  const artist = new Person(origin, "nina");
  await artist.signUp();
  const tracks = await fillHouse(artist);
  const listeners = Array.from({ length: LISTENERS }, (_, n) => new Person(origin, `listener${n}`));
  for (const listener of listeners) await listener.signUp();
  const end = Date.now() + Number(minutes) * 60_000;
  const [tally, samples] = [{ visits: 0, errors: [] }, []];
  const sampling = setInterval(() => samples.push(memory(server.pid)), SAMPLE_MS);
  await Promise.all(listeners.map((listener) => listenUntil(listener, end, tally)));
  clearInterval(sampling);
  return { name: "soak", tracks: tracks.length, ...tally, pss_mb: median(samples), growth_mb_per_hour: growth(samples) };
}

const data = mkdtempSync(join(tmpdir(), "hathor-soak-"));
const { server, origin } = await start(data);
try {
  const result = await soak(server, origin);
  console.log(JSON.stringify(result));
  process.exitCode = result.errors.length > 0 || result.growth_mb_per_hour > MOST_GROWTH_MB_PER_HOUR ? 1 : 0;
} finally {
  const ended = new Promise((done) => server.once("exit", done));
  server.kill();
  await ended;
  rmSync(data, { recursive: true, force: true });
}
