import { answer } from "./answer";
import { askPerson, settleAsk } from "./asks";
import { postApiAuthLogout, postApiAuthRefresh } from "./generated/sdk.gen";
import { asProblem } from "./problem";
import type { SignedIn, User } from "./types";

/** Who uses this page. `unknown` lasts until the first refresh is answered. A lapsed session has ended at the server, but the page still stands as it was. */
export type Session = { is: "unknown" } | { is: "anonymous" } | { is: "signedIn"; user: User; lapsed?: true };
/** What tabs tell each other, in memory only. */
type News = "ended" | { signedIn: SignedIn };

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
  tabs?.addEventListener("message", ({ data }: MessageEvent<News>) => (data === "ended" ? forget() : takeOver(data.signedIn)));
  window.addEventListener("online", () => {
    if (session.is === "anonymous" && localStorage.getItem(HINT)) void renewSession();
  });
  if (!localStorage.getItem(HINT)) return forget();
  const renewed = await renewSession();
  if (!renewed && session.is === "unknown") publish({ is: "anonymous" });
}

/** Takes over what signing in, up or refreshing answered. The token stays in this module's memory only. */
export function acceptSession(signedIn: SignedIn): void {
  localStorage.setItem(HINT, "1");
  takeOver(signedIn);
}

/** Like {@link acceptSession}, and the other tabs follow. */
export function beginSession(signedIn: SignedIn): void {
  acceptSession(signedIn);
  tell({ signedIn });
}

/** Somebody leaves to sign in elsewhere and comes back with a cookie: the next start of the page asks for it. */
export function expectSession(): void {
  localStorage.setItem(HINT, "1");
}

/** Takes over what the person changed about themselves. */
export function changeUser(change: Partial<User>): void {
  if (session.is === "signedIn") publish({ is: "signedIn", user: { ...session.user, ...change } });
}

/** A token that lives long enough to be used, or null for strangers. Without `asks`, nobody is asked in again: the call goes on as a stranger's. */
export async function accessToken(asks = true): Promise<string | null> {
  if (token && isDying()) await renewSession();
  if (asks && isLapsed()) await reviveSession();
  return token?.value ?? null;
}

/** Gets a new token by the refresh cookie: one flight per browser, however many requests and tabs wait for it. */
export function renewSession(): Promise<boolean> {
  const old = token?.value;
  renewal ??= withLock(() => askForRenewal(old)).finally(() => {
    renewal = undefined;
  });
  return renewal;
}

/** Like {@link renewSession}; where the session has ended, the person is asked to sign in again over the page. Whoever would rather not is signed out. */
export async function reviveSession(asks = true): Promise<boolean> {
  if (!isLapsed() && (await renewSession())) return true;
  if (!isLapsed() || !asks) return isLapsed();
  const back = await askPerson("signIn");
  if (isLapsed()) forget();
  return back;
}

/** Signs out here, at the server and in the other tabs. */
export async function endSession(): Promise<void> {
  await answer(postApiAuthLogout()).catch(() => undefined);
  forget();
  tell("ended");
}

/** `old` is the token that is not good enough: if another tab brought one while this one waited, no more is asked for. */
async function askForRenewal(old: string | undefined): Promise<boolean> {
  if (token && token.value !== old && !isDying()) return true;
  try {
    beginSession(await answer(postApiAuthRefresh()));
    return true;
  } catch (error) {
    if (asProblem(error).status === 401) lapse();
    return false;
  }
}

function takeOver({ user, access_token, expires_in }: SignedIn): void {
  const before = session.is === "signedIn" ? session.user.id : undefined;
  token = { value: access_token, dies: Date.now() + expires_in * 1000 };
  publish({ is: "signedIn", user });
  settleAsk("signIn", before === user.id);
}

/** The server ended the session. Somebody who is at work here keeps what they see, and is asked in again by the next call. */
function lapse(): void {
  if (session.is === "signedIn") {
    token = undefined;
    publish({ ...session, lapsed: true });
  } else {
    forget();
  }
}

function isDying(): boolean {
  return token !== undefined && token.dies - Date.now() < MARGIN_MS;
}

function isLapsed(): boolean {
  return session.is === "signedIn" && session.lapsed === true;
}

function tell(news: News): void {
  tabs?.postMessage(news);
}

function withLock(work: () => Promise<boolean>): Promise<boolean> {
  return navigator.locks ? navigator.locks.request(LOCK, work) : work();
}

function forget(): void {
  token = undefined;
  localStorage.removeItem(HINT);
  publish({ is: "anonymous" });
  settleAsk("signIn", false);
  settleAsk("stepUp", false);
}

function publish(now: Session): void {
  session = now;
  for (const listener of listeners) listener();
}
