/** A page that is not seen paints nothing. */
const UNSEEN_MS = 100;
/** A page where something always moves is never idle. */
const BUSY_MS = 1_000;

/** Lets the browser do what waits, such as an answer to a finger. */
export function breathe(): Promise<void> {
  return wait(0);
}

/** When what stands on the page has been painted. */
export async function painted(): Promise<void> {
  await Promise.race([new Promise(requestAnimationFrame), wait(UNSEEN_MS)]);
  await breathe();
}

/** When nothing else is to be done. */
export function idle(): Promise<unknown> {
  if (!("requestIdleCallback" in globalThis)) return breathe();
  return new Promise((resolve) => requestIdleCallback(resolve, { timeout: BUSY_MS }));
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
