/** What only the person can settle, while a call waits for it: to prove that it is them, or to sign in again. */
export type Ask = "stepUp" | "signIn";

interface Pending {
  ask: Ask;
  settled: Promise<boolean>;
  settle: (done: boolean) => void;
}

let pending: Pending | undefined;
const listeners = new Set<() => void>();

/** What the person is being asked, now. */
export const currentAsk = (): Ask | undefined => pending?.ask;

/** Calls `listener` on each change; the answer ends that. */
export function subscribeAsks(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Asks the person, once however many calls wait, and says whether they did it. Where no page listens, nobody is asked. */
export function askPerson(ask: Ask): Promise<boolean> {
  if (listeners.size === 0) return Promise.resolve(false);
  if (pending) return pending.ask === ask ? pending.settled : pending.settled.then(() => askPerson(ask));
  const { promise, resolve } = Promise.withResolvers<boolean>();
  pending = { ask, settled: promise, settle: resolve };
  publish();
  return promise;
}

/** The person did what was asked, or would rather not. */
export function settleAsk(ask: Ask, done: boolean): void {
  if (pending?.ask !== ask) return;
  const { settle } = pending;
  pending = undefined;
  settle(done);
  publish();
}

function publish(): void {
  for (const listener of listeners) listener();
}
