/** How much the sound may weigh: by the connection, little, much, or the very file. */
export type Quality = "auto" | "saver" | "high" | "original";
/** Whether quiet and loud recordings are brought to one loudness: never, each track, or each release as a whole. */
export type Levelling = "off" | "track" | "album";

/** What a listener sets once and keeps. */
export interface Settings {
  readonly quality: Quality;
  readonly levelling: Levelling;
  /** Seconds two tracks sound together, 0–12. */
  readonly crossfadeS: number;
  /** Whether letters alone command the player (WCAG 2.1.4). */
  readonly singleKeys: boolean;
}

export const QUALITIES: readonly Quality[] = ["auto", "saver", "high", "original"];
export const LEVELLINGS: readonly Levelling[] = ["off", "track", "album"];
export const LONGEST_CROSSFADE_S = 12;

export const DEFAULTS: Settings = { quality: "auto", levelling: "album", crossfadeS: 0, singleKeys: true };

/** What of `stored` makes sense, and the defaults for the rest. */
export function sane(stored: Partial<Record<keyof Settings, unknown>>): Settings {
  const { quality, levelling, crossfadeS, singleKeys } = stored;
  const crossfade = typeof crossfadeS === "number" && crossfadeS >= 0 && crossfadeS <= LONGEST_CROSSFADE_S;
  return {
    quality: QUALITIES.find((known) => known === quality) ?? DEFAULTS.quality,
    levelling: LEVELLINGS.find((known) => known === levelling) ?? DEFAULTS.levelling,
    crossfadeS: crossfade ? crossfadeS : DEFAULTS.crossfadeS,
    singleKeys: typeof singleKeys === "boolean" ? singleKeys : DEFAULTS.singleKeys,
  };
}
