import { locale } from "./text";

/** `4:08`, or `1:02:03` from an hour on. */
export function formatTime(ms: number): string {
  const total = Math.max(0, Math.floor(ms / 1000));
  const [hours, minutes, seconds] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60];
  const tail = String(seconds).padStart(2, "0");
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, "0")}:${tail}` : `${minutes}:${tail}`;
}

/** `48.1 MB`: decimal units, one digit after the point below a hundred. */
export function formatBytes(bytes: number): string {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte"];
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  const amount = bytes / 1000 ** power;
  return new Intl.NumberFormat(locale(), {
    style: "unit",
    unit: units[power],
    maximumFractionDigits: power > 0 && amount < 100 ? 1 : 0,
  }).format(amount);
}

/** `15 seconds`, `2 minutes`, `1 hour`: one unit, rounded up, as far as an estimate is true. */
export function formatDuration(seconds: number): string {
  const [unit, value] = seconds < 60 ? ["second", seconds] : seconds < 3600 ? ["minute", seconds / 60] : ["hour", seconds / 3600];
  return new Intl.NumberFormat(locale(), { style: "unit", unit: unit as string, unitDisplay: "long" }).format(Math.ceil(value as number));
}

/** `21 November 2026`. */
export function formatDate(rfc3339: string): string {
  return new Intl.DateTimeFormat(locale(), { dateStyle: "long" }).format(new Date(rfc3339));
}

/** `−14.2`, with a true minus sign. */
export function formatDecibels(value: number): string {
  return value.toFixed(1).replace("-", "−");
}

/** A sentence as people write it: the server's words are lower case and without a full stop. */
export function asSentence(words: string): string {
  const capital = words.charAt(0).toLocaleUpperCase(locale()) + words.slice(1);
  return /[.!?…]$/.test(capital) ? capital : `${capital}.`;
}
