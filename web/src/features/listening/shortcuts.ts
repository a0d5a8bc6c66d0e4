import type { Engine } from "@/player/engine";
import { repeatNext, shuffle } from "@/player/queue";
import type { TextKey } from "@/ui/text/en";
import { toggleQueue } from "./panel";

/** How far a key leaps, in milliseconds. */
const LEAP_MS = 10_000;
const STEP_MS = 5_000;

/** A key, by what it writes (a letter) or its name, and what it does to the player. */
export interface Shortcut {
  keys: readonly string[];
  name: TextKey;
  act: (engine: Engine) => void;
}

const leap = (ms: number) => (engine: Engine) => engine.seek(engine.positionMs() + ms);

/** Every key of the player. Letters can be switched off (WCAG 2.1.4). */
export const SHORTCUTS: readonly Shortcut[] = [
  { keys: [" ", "k"], name: "player.key.toggle", act: (engine) => engine.toggle() },
  { keys: ["j"], name: "player.key.back", act: leap(-LEAP_MS) },
  { keys: ["l"], name: "player.key.ahead", act: leap(LEAP_MS) },
  { keys: ["ArrowLeft"], name: "player.key.stepBack", act: leap(-STEP_MS) },
  { keys: ["ArrowRight"], name: "player.key.stepAhead", act: leap(STEP_MS) },
  { keys: ["n"], name: "player.next", act: (engine) => engine.next() },
  { keys: ["p"], name: "player.previous", act: (engine) => engine.previous() },
  { keys: ["m"], name: "player.mute", act: (engine) => engine.toggleMute() },
  { keys: ["q"], name: "queue.button", act: toggleQueue },
  { keys: ["s"], name: "player.shuffle", act: (engine) => engine.arrange((queue) => shuffle(queue)) },
  { keys: ["r"], name: "player.key.repeat", act: (engine) => engine.arrange(repeatNext) },
];
