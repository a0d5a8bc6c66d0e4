import { answer } from "./answer";
import { postApiAuthLogout, postApiAuthRefresh } from "./generated/sdk.gen";
import { asProblem } from "./problem";
import type { SignedIn, User } from "./types";

/** Who uses this page. `unknown` lasts until the first refresh is answered. */
export type Session = { is: "unknown" } | { is: "anonymous" } | { is: "signedIn"; user: User };

/** A token with less life than this is renewed before use, so that it does not die on the way. */
const MARGIN_MS = 15_000;
const LOCK = "hathor-refresh";
/** Not a secret: says that asking for a refresh makes sense, so that strangers cause no 401. */
const HINT = "hathor.signed-in";
const NEWS = "hathor-session";

let session: Session = { is: "unknown" };
let token: { value: string; dies: number } | undefined;
let renewal: Promise<boolean> | undefined;
const listeners = new Set<() => void>();
const tabs = typeof BroadcastChannel === "undefined" ? undefined : new BroadcastChannel(NEWS);

/** Who uses this page, now. */
export const currentSession = (): Session => session;

/** Calls `listener` on each change; the answer ends that. */
export function subscribeSession(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Finds out who is here: the refresh cookie knows. Called once at the start. */
export async function startSession(): Promise<void> {
  tabs?.addEventListener("message", (event) => (event.data === "ended" ? forget() : void renewSession()));
  window.addEventListener("online", () => {
    if (session.is === "anonymous" && localStorage.getItem(HINT)) void renewSession();
  });
  if (!localStorage.getItem(HINT)) return forget();
  const renewed = await renewSession();
  if (!renewed && session.is === "unknown") publish({ is: "anonymous" });
}

/** Takes over what signing in, up or refreshing answered. The token stays in this module's memory only. */
export function acceptSession(signedIn: SignedIn): void {
  token = { value: signedIn.access_token, dies: Date.now() + signedIn.expires_in * 1000 };
  localStorage.setItem(HINT, "1");
  publish({ is: "signedIn", user: signedIn.user });
}

/** Like {@link acceptSession}, after the person typed a password: the other tabs follow. */
export function beginSession(signedIn: SignedIn): void {
  acceptSession(signedIn);
  tabs?.postMessage("began");
}

/** Takes over what the person changed about themselves. */
export function changeUser(change: Partial<User>): void {
  if (session.is === "signedIn") publish({ is: "signedIn", user: { ...session.user, ...change } });
}

/** A token that lives long enough to be used, or null for strangers. */
export async function accessToken(): Promise<string | null> {
  if (!token) return null;
  if (token.dies - Date.now() < MARGIN_MS) await renewSession();
  return token?.value ?? null;
}

/** Gets a new token by the refresh cookie: one flight per browser, however many requests and tabs wait for it. */
export function renewSession(): Promise<boolean> {
  renewal ??= withLock(askForRenewal).finally(() => {
    renewal = undefined;
  });
  return renewal;
}

/** Signs out here, at the server and in the other tabs. */
export async function endSession(): Promise<void> {
  await answer(postApiAuthLogout()).catch(() => undefined);
  forget();
  tabs?.postMessage("ended");
}

async function askForRenewal(): Promise<boolean> {
  try {
    acceptSession(await answer(postApiAuthRefresh()));
    return true;
  } catch (error) {
    if (asProblem(error).status === 401) forget();
    return false;
  }
}

function withLock(work: () => Promise<boolean>): Promise<boolean> {
  return navigator.locks ? navigator.locks.request(LOCK, work) : work();
}

function forget(): void {
  token = undefined;
  localStorage.removeItem(HINT);
  publish({ is: "anonymous" });
}

function publish(now: Session): void {
  session = now;
  for (const listener of listeners) listener();
}
