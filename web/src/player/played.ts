import { answer } from "@/api/answer";
import { postApiTracksByIdPlayed } from "@/api/generated/sdk.gen";
import { currentSession } from "@/api/session";
import type { Engine } from "./engine";

/** So much of a track, or half of it, counts as heard. */
const HEARD_MS = 30_000;
/** Places further apart than this were leapt over, not heard. */
const LEAP_MS = 2_500;

/** Tells that a track was heard; injectable for tests. */
export type Tell = (trackId: string) => Promise<void>;

/** Watches what is really heard, and tells of each track once a turn. */
export function reportPlayed(engine: Engine, tell: Tell = tellServer): void {
  let turn: unknown;
  let last = 0;
  let heardMs = 0;
  let told = false;
  engine.state.subscribe(() => {
    const { queue, track, status, positionMs, durationMs } = engine.state.get();
    if (queue.now !== turn) {
      turn = queue.now;
      heardMs = 0;
      told = false;
      last = positionMs;
    }
    const step = positionMs - last;
    last = positionMs;
    if (status === "playing" && step > 0 && step <= LEAP_MS) heardMs += step;
    if (told || !track || heardMs < Math.min(HEARD_MS, durationMs / 2) || durationMs <= 0) return;
    told = true;
    // what the list of the heard lacks is no loss worth a word
    tell(track.id).catch(() => undefined);
  });
}

async function tellServer(id: string): Promise<void> {
  if (currentSession().is === "signedIn") await answer(postApiTracksByIdPlayed({ path: { id } }));
}
