import { answer } from "@/api/answer";
import { postApiTracksByIdPlay } from "@/api/generated/sdk.gen";
import type { PlayGrant, PlayWishes } from "@/api/types";

/** Leave to hear one track, for a while. */
export type Grant = PlayGrant;

/** A grant with less life than this is not worth starting with. */
const WORTH_MS = 20_000;

/** Asks the server for leave to hear a track; injectable for tests. */
export type Mint = (trackId: string) => Promise<Grant>;

/** Keeps the grant of each track until it is about to expire. */
export class Grants {
  readonly #kept = new Map<string, Grant>();
  readonly #mint: Mint;

  constructor(mint: Mint = mintByApi) {
    this.#mint = mint;
  }

  /** A grant that lasts, kept or new. One from before HLS existed is not kept: the track may be ready by now. */
  async get(trackId: string): Promise<Grant> {
    const kept = this.#kept.get(trackId);
    return kept?.hls_url && lifeLeft(kept) > WORTH_MS ? kept : this.renew(trackId);
  }

  /** A new grant, whatever is kept: the old one was refused, or what it opens has changed. */
  async renew(trackId: string): Promise<Grant> {
    const grant = await this.#mint(trackId);
    this.#kept.set(trackId, grant);
    return grant;
  }

  /** Forgets everything: somebody else is here now. */
  clear(): void {
    this.#kept.clear();
  }
}

/** Milliseconds until `grant` expires. */
export function lifeLeft(grant: Grant): number {
  return Date.parse(grant.expires_at) - Date.now();
}

async function mintByApi(id: string): Promise<Grant> {
  return answer(postApiTracksByIdPlay({ path: { id }, body: { codecs: codecsHere() } }));
}

/** The codecs this browser takes in media segments, best first. */
function codecsHere(): NonNullable<PlayWishes["codecs"]> {
  const opus = typeof MediaSource !== "undefined" && MediaSource.isTypeSupported('audio/mp4; codecs="opus"');
  return opus ? ["opus", "aac"] : ["aac"];
}
