import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";

const READY_WITHIN_MS = 30_000;
/** The server promises 30 s. */
const STOPPED_WITHIN_MS = 35_000;
/** All visitors of a story come from one address, and faster than people: what one address may ask is told elsewhere. */
const WIDE_LIMITS = {
  HATHOR_LIMITS__API_ANONYMOUS: "1000000/1",
  HATHOR_LIMITS__API_USER: "1000000/1",
  HATHOR_LIMITS__REFRESH: "1000000/1",
  HATHOR_LIMITS__LOGIN: "1000000/1",
  HATHOR_LIMITS__REGISTER: "1000000/1",
  HATHOR_LIMITS__ACCOUNT: "1000000/1",
  HATHOR_LIMITS__CODE: "1000000/1",
  HATHOR_LIMITS__RESET: "1000000/1",
  HATHOR_LIMITS__UPLOAD: "1000000/1",
  HATHOR_LIMITS__PLAY: "1000000/1",
  HATHOR_LIMITS__SEARCH: "1000000/1",
};

/** A whole Hathor of its own: a process, a folder, a port. */
export class Server {
  readonly url: string;
  readonly #port: number;
  readonly #data: string;
  readonly #settings: Record<string, string>;
  #process: ChildProcess | undefined;
  #log = "";

  private constructor(port: number, data: string, settings: Record<string, string>) {
    this.#port = port;
    this.#data = data;
    this.#settings = settings;
    this.url = `http://localhost:${port}`;
  }

  /** Starts one on a free port over an empty folder; `settings` are of the environment. */
  static async start(settings: Record<string, string> = {}): Promise<Server> {
    const server = new Server(await freePort(), await mkdtemp(join(tmpdir(), "hathor-e2e-")), settings);
    await server.#launch();
    return server;
  }

  /** Stops as an operator would, and starts again over the same folder. */
  async restart(meanwhile: () => Promise<void> = async () => {}): Promise<void> {
    await this.#halt();
    await meanwhile();
    await this.#launch();
  }

  /** Dies in the middle of everything, as in a power cut, and starts again over the same folder. */
  async crash(): Promise<void> {
    const child = this.#process;
    if (child?.exitCode !== null || child.signalCode !== null) throw new Error("it was not running");
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
    await this.#launch();
  }

  /** Stops and leaves nothing behind. */
  async end(): Promise<void> {
    await this.#halt();
    await rm(this.#data, { recursive: true, force: true });
  }

  /** Where its letters lie. */
  get outbox(): string {
    return join(this.#data, "outbox");
  }

  /** What it wrote to its log; for the story of a failure. */
  get log(): string {
    return this.#log;
  }

  async #launch(): Promise<void> {
    const args = ["serve", "--data", this.#data, "--listen", `127.0.0.1:${this.#port}`];
    const child = spawn(binary(), args, { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...WIDE_LIMITS, ...this.#settings } });
    this.#process = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (piece) => {
        this.#log += piece;
      });
    }
    const died = once(child, "exit").then(([code]) => Promise.reject(new Error(`hathor serve ended with ${code}:\n${this.#log}`)));
    died.catch(() => undefined);
    await Promise.race([this.#answers(), died]);
  }

  async #answers(): Promise<void> {
    const deadline = Date.now() + READY_WITHIN_MS;
    while (Date.now() < deadline) {
      const response = await fetch(`${this.url}/ready`).catch(() => undefined);
      if (response?.ok) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`hathor serve was not ready within ${READY_WITHIN_MS} ms:\n${this.#log}`);
  }

  async #halt(): Promise<void> {
    const child = this.#process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill("SIGTERM");
    const force = setTimeout(() => child.kill("SIGKILL"), STOPPED_WITHIN_MS);
    const [code] = await gone;
    clearTimeout(force);
    if (code !== 0) throw new Error(`hathor serve did not stop well (${code}):\n${this.#log.slice(-4_000)}`);
  }
}

function binary(): string {
  if (process.env.HATHOR_BIN) return process.env.HATHOR_BIN;
  const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache");
  return join(process.env.CARGO_TARGET_DIR ?? join(cache, "hathor", "target"), "debug", "hathor");
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  if (!address || typeof address === "string") throw new Error("no free port");
  return address.port;
}
