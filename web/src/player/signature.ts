/** The part of a media address that says who may open it. */
const SIGNATURE = "s";

/** `address` with the newest signature: playlists carry the one they were made with. */
export function resigned(address: string, signature: string | null): string {
  const url = new URL(address, location.href);
  if (signature && url.searchParams.has(SIGNATURE)) url.searchParams.set(SIGNATURE, signature);
  return url.href;
}

/** The signature of `address`. */
export function signatureOf(address: string): string | null {
  return new URL(address, location.href).searchParams.get(SIGNATURE);
}
