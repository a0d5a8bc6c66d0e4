import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import type { Person } from "./people.ts";

/** What the stories read of a track. */
export interface Track {
  id: string;
  title: string;
  state: string;
  failure: unknown;
}

/** A release as its maker hands it in; the OpenAPI document tells the rest. */
export interface Draft {
  title: string;
  kind: "album" | "single" | "ep" | "compilation";
  artists: { name: string }[];
  visibility: "public" | "unlisted" | "private";
  description?: string;
  cover_id?: string;
  tracks: { id: string; title?: string; track_number?: number; credits?: { role: string; name: string }[] }[];
}

/** A file and the folder it is said to lie in. */
export interface Sent {
  path: string;
  as?: string;
}

/** Somebody who uses the API without a page, for stories that are about something else. */
export class Maker {
  readonly #url: string;
  readonly #token: string;

  private constructor(url: string, token: string) {
    this.#url = url;
    this.#token = token;
  }

  /** Makes an account. */
  static async signUp(url: string, { username, email, password, displayName }: Person): Promise<Maker> {
    const body = JSON.stringify({ username, email, password, display_name: displayName });
    const headers = { "content-type": "application/json" };
    const session = await answer<{ access_token: string }>(fetch(`${url}/api/auth/register`, { method: "POST", headers, body }));
    return new Maker(url, session.access_token);
  }

  /** Sends files and waits until each is ready; their tracks, in order. */
  async upload(...files: Sent[]): Promise<Track[]> {
    const form = new FormData();
    for (const { path, as } of files) form.append("file", new Blob([await readFile(path)]), as ?? basename(path));
    const { tracks } = await this.#ask<{ tracks: { id: string }[] }>("POST", "/api/uploads", form);
    return await Promise.all(tracks.map(({ id }) => this.#untilReady(id)));
  }

  /** Publishes a release; it is live when this returns, since its tracks are ready. */
  async publish(draft: Draft): Promise<{ id: string; slug: string }> {
    return await this.#ask("POST", "/api/releases", draft);
  }

  /** Keeps a picture on the server. */
  async keepPicture(path: string): Promise<{ id: string }> {
    const form = new FormData();
    form.append("file", new Blob([await readFile(path)]), basename(path));
    return await this.#ask("POST", "/api/pictures", form);
  }

  /** Gives an artist of one's own another address. */
  async moveArtist(slug: string, to: string): Promise<void> {
    const { id, version } = await this.#ask<{ id: string; version: number }>("GET", `/api/artists/${slug}`);
    await this.#ask("PATCH", `/api/artists/${id}`, { slug: to, version });
  }

  async #untilReady(id: string): Promise<Track> {
    const deadline = Date.now() + 120_000;
    while (Date.now() < deadline) {
      const track = await this.#ask<Track>("GET", `/api/tracks/${id}`);
      if (track.state === "ready") return track;
      if (track.state === "failed") throw new Error(`${track.title} failed: ${JSON.stringify(track.failure)}`);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    throw new Error(`track ${id} did not get ready`);
  }

  #ask<T>(method: string, path: string, content?: object): Promise<T> {
    const isForm = content instanceof FormData;
    const headers: Record<string, string> = { authorization: `Bearer ${this.#token}` };
    if (content && !isForm) headers["content-type"] = "application/json";
    const body = isForm ? content : content && JSON.stringify(content);
    return answer<T>(fetch(this.#url + path, { method, headers, body: body ?? null }));
  }
}

async function answer<T>(asked: Promise<Response>): Promise<T> {
  const response = await asked;
  const text = await response.text();
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}: ${text}`);
  return JSON.parse(text) as T;
}
