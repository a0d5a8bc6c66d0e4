import { locale, tCount } from "./text";

/** A day, a month or a year, as precisely as it is known: `November 21, 2026`, `November 2026`, `2026`. */
export function formatReleaseDate(date: string): string {
  const [year = 0, month, day] = date.split("-").map(Number);
  const options: Intl.DateTimeFormatOptions = day ? { dateStyle: "long" } : { year: "numeric", ...(month && { month: "long" }) };
  return new Intl.DateTimeFormat(locale(), options).format(new Date(year, (month ?? 1) - 1, day ?? 1));
}

/** `November 21, 2026 at 6:00 PM`, in the reader's own time. */
export function formatMoment(rfc3339: string): string {
  return new Intl.DateTimeFormat(locale(), { dateStyle: "long", timeStyle: "short" }).format(new Date(rfc3339));
}

/** `45 min`, `1 h 12 min`: how long a whole thing is. */
export function formatLength(ms: number): string {
  const minutes = Math.max(1, Math.round(ms / 60_000));
  const unit = (unit: string, value: number) =>
    new Intl.NumberFormat(locale(), { style: "unit", unit, unitDisplay: "short" }).format(value).replace("hr", "h");
  return minutes < 60 ? unit("minute", minutes) : `${unit("hour", Math.floor(minutes / 60))} ${unit("minute", minutes % 60)}`;
}

/** `10 tracks, 45 min`. */
export function formatExtent(count: number, ms: number): string {
  return ms > 0 ? `${tCount("release.tracks", count)}, ${formatLength(ms)}` : tCount("release.tracks", count);
}

const STEPS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ["minute", 60],
  ["hour", 60],
  ["day", 24],
  ["month", 30],
  ["year", 12],
];

/** `now`, `3 minutes ago`, `yesterday`: how long ago something was, in the largest unit that fits. */
export function formatAgo(rfc3339: string, now = Date.now()): string {
  let amount = Math.max(0, (now - Date.parse(rfc3339)) / 1000);
  let unit: Intl.RelativeTimeFormatUnit = "second";
  for (const [larger, ratio] of STEPS) {
    if (amount < ratio) break;
    amount /= ratio;
    unit = larger;
  }
  const past = unit === "second" ? 0 : -Math.floor(amount);
  return new Intl.RelativeTimeFormat(locale(), { numeric: "auto" }).format(past, unit);
}
