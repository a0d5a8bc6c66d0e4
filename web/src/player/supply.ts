import type { Grant } from "./grants";
import type { Segment } from "./rendition";
import { resigned, signatureOf } from "./signature";

/** How long to wait after a failed fetch, attempt by attempt. */
const WAITS_MS = [300, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000];

/** Fetches the bytes of one track: patient with the network, and with a new signature when the old one is refused. */
export class Supply {
  readonly #refresh: () => Promise<Grant>;
  #signature: string | null;

  constructor(grant: Grant, refresh: () => Promise<Grant>) {
    this.#refresh = refresh;
    this.#signature = signatureOf(grant.hls_url ?? "");
  }

  /** From now on with this grant's signature. */
  renew(grant: Grant): void {
    this.#signature = signatureOf(grant.hls_url ?? "");
  }

  /** The text at `url`. */
  async text(url: string, signal: AbortSignal): Promise<string> {
    return (await this.#get(url, {}, signal)).text();
  }

  /** The bytes of a segment. */
  async bytes({ url, from, to }: Segment, signal: AbortSignal): Promise<ArrayBuffer> {
    const response = await this.#get(url, { range: `bytes=${from}-${to - 1}` }, signal);
    const bytes = await response.arrayBuffer();
    // a cache on the way may know nothing of ranges
    return response.status === 206 ? bytes : bytes.slice(from, to);
  }

  async #get(url: string, headers: Record<string, string>, signal: AbortSignal): Promise<Response> {
    let refreshed = false;
    for (let attempt = 0; ; attempt += 1) {
      const response = await fetch(resigned(url, this.#signature), { headers, signal }).catch((error) => {
        if (signal.aborted) throw error;
        return undefined;
      });
      if (response?.ok) return response;
      const refused = response !== undefined && response.status < 500 && response.status !== 429;
      if (refused && refreshed) throw new Error(`refused: ${response.status}`);
      if (refused) {
        this.renew(await this.#refresh());
        refreshed = true;
        continue;
      }
      const wait = WAITS_MS[attempt];
      if (wait === undefined) throw new Error("the network does not come back");
      await pause(wait, signal);
    }
  }
}

/** Waits, but no longer than until the network is back. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(done, ms);
    function done() {
      clearTimeout(timer);
      globalThis.removeEventListener("online", done);
      if (signal.aborted) reject(signal.reason);
      else resolve();
    }
    globalThis.addEventListener("online", done);
    signal.addEventListener("abort", done, { once: true });
  });
}
