/** A number that always belongs to the same name or id (FNV-1a). */
export function hashOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i += 1) {
    hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  }
  return hash >>> 0;
}

/** A hue (0–359) that always belongs to the same name or id. */
export function hueOf(name: string): number {
  return hashOf(name) % 360;
}
