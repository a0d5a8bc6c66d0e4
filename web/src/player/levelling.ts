import type { Playable } from "./playable";
import type { Levelling } from "./settings";

/** What every recording is brought to, in LUFS. */
const TARGET_LUFS = -16;
/** No sample may rise above this when a quiet recording is made louder, in dBTP. */
const CEILING_DB = -1;

/** The factor that brings `track` to the target. What is quiet rises only as far as its peak leaves room. */
export function levelOf(track: Playable, levelling: Levelling, album: readonly Playable[] = []): number {
  const own = track.loudness;
  if (levelling === "off" || !own) return 1;
  if (levelling === "track" || !track.release) return fromDecibels(gainDb(own.integrated_lufs, own.true_peak_db));
  const mates = [track, ...album.filter((other) => other.id !== track.id && other.release?.id === track.release?.id)];
  const peaks = mates.flatMap(({ loudness }) => loudness?.true_peak_db ?? []);
  return fromDecibels(gainDb(track.release.loudnessLufs ?? together(mates), Math.max(...peaks)));
}

/** By how many decibels something of `lufs` with this true peak is turned. */
export function gainDb(lufs: number, truePeakDb: number): number {
  const wanted = TARGET_LUFS - lufs;
  return wanted <= 0 ? wanted : Math.min(wanted, Math.max(0, CEILING_DB - truePeakDb));
}

/** How loud several tracks are as one: the mean of their power, each by its length. */
function together(tracks: readonly Playable[]): number {
  let power = 0;
  let length = 0;
  for (const { loudness, durationMs } of tracks) {
    if (!loudness) continue;
    power += (durationMs ?? 1) * 10 ** (loudness.integrated_lufs / 10);
    length += durationMs ?? 1;
  }
  return 10 * Math.log10(power / length);
}

function fromDecibels(db: number): number {
  return 10 ** (db / 20);
}
