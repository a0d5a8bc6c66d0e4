import { fetchSigned } from "./client";

/** One server-sent event. */
export interface ServerEvent {
  name: string;
  data: string;
}

interface Handlers {
  onEvent: (event: ServerEvent) => void;
  /** The stream stands, again or for the first time: whatever happened meanwhile was missed. */
  onOpen: () => void;
}

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

/** Reads server-sent events by fetch, so that the token travels in a header and never in an address. Reconnects until `signal` ends it. */
export async function listen(url: string, { onEvent, onOpen }: Handlers, signal: AbortSignal): Promise<void> {
  let wait = FIRST_WAIT_MS;
  while (!signal.aborted) {
    try {
      const response = await fetchSigned(url, { headers: { accept: "text/event-stream" }, signal });
      if (response.ok && response.body) {
        wait = FIRST_WAIT_MS;
        onOpen();
        await readEvents(response.body, onEvent);
      }
    } catch {
      // a broken stream is mended below, whatever broke it
    }
    await sleep(wait, signal);
    wait = Math.min(wait * 2, LONGEST_WAIT_MS);
  }
}

/** Splits a stream into events, as the HTML standard tells. */
export async function readEvents(body: ReadableStream<Uint8Array>, onEvent: (event: ServerEvent) => void): Promise<void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let pending = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    pending = (pending + decoder.decode(value, { stream: true })).replace(/\r\n?/g, "\n");
    const blocks = pending.split("\n\n");
    pending = blocks.pop() ?? "";
    for (const block of blocks) {
      const event = parseEvent(block);
      if (event) onEvent(event);
    }
  }
}

function parseEvent(block: string): ServerEvent | undefined {
  let name = "message";
  const data: string[] = [];
  for (const line of block.split("\n")) {
    const colon = line.indexOf(":");
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (field === "event") name = value;
    if (field === "data") data.push(value);
  }
  return data.length > 0 ? { name, data: data.join("\n") } : undefined;
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    const stop = () => {
      clearTimeout(timer);
      resolve();
    };
    signal.addEventListener("abort", stop, { once: true });
  });
}
