import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** A tone that rises evenly: no two places of it sound alike. */
const SWEEP = { fromHz: 200, riseHz: 60 };

/** The sweep at `seconds` from its start. */
export function sweep(seconds: number): number {
  return 0.4 * Math.sin(2 * Math.PI * (SWEEP.fromHz * seconds + (SWEEP.riseHz * seconds * seconds) / 2));
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

  /** One tone that rises (see {@link sweep}), cut at a sample into two files of `seconds` each and a little. */
  async cutSweep(first: string, second: string, seconds: number): Promise<string[]> {
    const cut = seconds * 44_100 + 123;
    const phase = `2*PI*(${SWEEP.fromHz}*t+${SWEEP.riseHz}*t*t/2)`;
    const source = `aevalsrc='0.4*sin(${phase})':d=${2 * seconds}:s=44100`;
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
  const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache");
  const folder = process.env.HATHOR_TEST_MATERIAL ?? join(cache, "hathor", "material");
  const path = join(folder, "album", name);
  if (existsSync(path)) return path;
  if (process.env.CI || process.env.HATHOR_TEST_REQUIRE_ALL === "1") throw new Error(`the album is not there: ${path}`);
  return undefined;
}
