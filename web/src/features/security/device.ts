/** Systems by the words that browsers call them, the telling ones first: many also claim to be others. */
const SYSTEMS: readonly [RegExp, string][] = [
  [/\biPhone\b/, "iPhone"],
  [/\biPad\b/, "iPad"],
  [/\bAndroid\b/, "Android"],
  [/\bWindows\b/, "Windows"],
  [/\bMac OS X\b/, "macOS"],
  [/\bCrOS\b/, "ChromeOS"],
  [/\bLinux\b/, "Linux"],
];

/** The system that a browser says it runs on. */
export function systemOf(agent: string): string | undefined {
  return SYSTEMS.find(([mark]) => mark.test(agent))?.[1];
}

/** Whether it fits into a pocket. */
export function isSmall(agent: string): boolean {
  return /\b(?:iPhone|Android|Mobile)\b/.test(agent);
}
