/** Beyond so many characters a title is set smaller, in two steps. */
const LONG = 32;
const VERY_LONG = 64;

/** The class that keeps a title of any length within three lines of its head. */
export function titleSize(title: string): string {
  const length = [...title].length;
  if (length > VERY_LONG) return "long-title";
  return length > LONG ? "longish-title" : "";
}
