import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Tones that never fall together again: no two places sound alike, which tells a shift of one sample from none. */
const CLUSTER = Array.from({ length: 24 }, (_, i) => ({ hertz: Number((150 * 1.17 ** i).toFixed(3)), turn: i * i }));
const LEVEL = 0.035;

/** The cluster at `seconds` from its start. */
export function cluster(seconds: number): number {
  return LEVEL * CLUSTER.reduce((sum, { hertz, turn }) => sum + Math.sin(2 * Math.PI * hertz * seconds + turn), 0);
}

/** A folder with sounds, made by ffmpeg for one story file. */
export class Material {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** An empty folder. */
  static async prepare(): Promise<Material> {
    return new Material(await mkdtemp(join(tmpdir(), "hathor-material-")));
  }

  /** Two voices that swell, `seconds` long, in the format the file's ending says. */
  async song(name: string, { seconds = 20, title = name, artist = "Tide Choir" } = {}): Promise<string> {
    const path = join(this.folder, name);
    const left = "0.35*sin(2*PI*220*t)*(0.6+0.4*sin(t))";
    const right = "0.35*sin(2*PI*277.2*t)*(0.6+0.4*cos(t))";
    const source = `aevalsrc='${left}|${right}':d=${seconds}:s=44100`;
    await run("ffmpeg", [
      "-v",
      "error",
      "-y",
      "-f",
      "lavfi",
      "-i",
      source,
      "-metadata",
      `title=${title}`,
      "-metadata",
      `artist=${artist}`,
      path,
    ]);
    return path;
  }

  /** Many tones at once (see {@link cluster}), cut into two files, `seconds` and 123 samples from the start. */
  async cutCluster(first: string, second: string, seconds: number): Promise<string[]> {
    const cut = seconds * 44_100 + 123;
    const tones = CLUSTER.map(({ hertz, turn }) => `sin(2*PI*${hertz}*t+${turn})`).join("+");
    const source = `aevalsrc='${LEVEL}*(${tones})':d=${2 * seconds}:s=44100`;
    const parts = [`end_sample=${cut}`, `start_sample=${cut}`].map((at) => `atrim=${at},asetpts=N/SR/TB`);
    const paths = [first, second].map((name) => join(this.folder, name));
    for (const [i, path] of paths.entries()) {
      const tags = ["-metadata", `title=${first.replace(/\..*/, "")} ${i + 1}`, "-metadata", "artist=Tide Choir"];
      await run("ffmpeg", ["-v", "error", "-y", "-f", "lavfi", "-i", source, "-af", parts[i] ?? "", ...tags, path]);
    }
    return paths;
  }

  /** Five seconds of nothing, without a single tag. */
  async silence(name: string): Promise<string> {
    const path = join(this.folder, name);
    await run("ffmpeg", ["-v", "error", "-y", "-f", "lavfi", "-i", "anullsrc=r=44100:cl=stereo", "-t", "5", "-bitexact", path]);
    return path;
  }

  /** A file with exactly these bytes. */
  async file(name: string, bytes: string | Uint8Array): Promise<string> {
    const path = join(this.folder, name);
    await writeFile(path, bytes);
    return path;
  }

  /** Leaves nothing behind. */
  async clear(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** A real song of the real album, or undefined where the machine has not fetched it. In CI it must be there. */
export function albumSong(name: string): string | undefined {
  const album = albumFolder();
  return album && join(album, name);
}

/** The folder of the real album, or undefined where the machine has not fetched it. In CI it must be there. */
export function albumFolder(): string | undefined {
  const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache");
  const path = join(process.env.HATHOR_TEST_MATERIAL ?? join(cache, "hathor", "material"), "album");
  if (existsSync(path)) return path;
  if (process.env.CI || process.env.HATHOR_TEST_REQUIRE_ALL === "1") throw new Error(`the album is not there: ${path}`);
  return undefined;
}
