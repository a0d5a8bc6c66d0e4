import type { Loudness, Playable } from "./playable";
import type { Levelling } from "./settings";

/** What every recording is brought to, in LUFS. */
const TARGET_LUFS = -16;
/** No sample may rise above this when a quiet recording is made louder, in dBTP. */
const CEILING_DB = -1;

/** The factor that brings `track` to the target. What is quiet rises only as far as its peak leaves room. */
export function levelOf(track: Playable, levelling: Levelling, album: readonly Playable[] = []): number {
  const own = track.loudness;
  if (levelling === "off" || !own) return 1;
  const whole = levelling === "album" ? track.release?.loudnessLufs : undefined;
  const lufs = whole ?? own.integrated_lufs;
  const peak = whole == null ? own.true_peak_db : loudestPeak(own, track, album);
  return fromDecibels(gainDb(lufs, peak));
}

/** By how many decibels something of `lufs` with this true peak is turned. */
export function gainDb(lufs: number, truePeakDb: number): number {
  const wanted = TARGET_LUFS - lufs;
  return wanted <= 0 ? wanted : Math.min(wanted, Math.max(0, CEILING_DB - truePeakDb));
}

/** A release is turned as one: its loudest peak counts, as far as its tracks are known. */
function loudestPeak(own: Loudness, { release }: Playable, album: readonly Playable[]): number {
  const peaks = album.flatMap((other) => (other.release?.id === release?.id && other.loudness ? [other.loudness.true_peak_db] : []));
  return Math.max(own.true_peak_db, ...peaks);
}

function fromDecibels(db: number): number {
  return 10 ** (db / 20);
}
