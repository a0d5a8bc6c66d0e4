import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { call } from "@/api/call";
import { factorsQuery, type Passkey } from "@/api/factors";
import { changeUser } from "@/api/session";
import type { Ceremony } from "@/api/types";
import { makePasskey } from "@/ui/passkeys";

/** A device that is signed in. */
export interface Device {
  id: string;
  device: string;
  agent: string | null;
  created_at: string;
  last_used_at: string;
  current: boolean;
}

/** An authenticator app that is about to be set up. */
export interface NewTotp {
  secret: string;
  uri: string;
  qr_svg: string;
}

/** An account elsewhere that opens this one. */
export interface Linked {
  provider: string;
  name: string;
  email: string | null;
  linked_at: string;
  /** Whether the server still offers it. */
  usable: boolean;
}

/** What a program may do with a password of its own. */
export const SCOPES = ["read", "stream", "write", "subsonic"] as const;
export type Scope = (typeof SCOPES)[number];

/** A password for one program. */
export interface AppKey {
  id: string;
  name: string;
  scopes: Scope[];
  created_at: string;
  last_used_at: string | null;
}

const keys = {
  sessions: ["me", "sessions"] as const,
  linked: ["me", "linked"] as const,
  appKeys: ["me", "app-keys"] as const,
};

/** The devices that are signed in, the newest use first. */
export const sessionsQuery = () =>
  queryOptions({
    queryKey: keys.sessions,
    queryFn: ({ signal }) => call<{ items: Device[] }>("get", "/api/me/sessions", { query: { limit: 100 }, signal }),
    select: ({ items }) => items,
  });

/** The accounts elsewhere that open this one. */
export const linkedQuery = () =>
  queryOptions({
    queryKey: keys.linked,
    queryFn: ({ signal }) => call<{ items: Linked[] }>("get", "/api/me/linked", { signal }),
    select: ({ items }) => items,
  });

/** The passwords of programs. */
export const appKeysQuery = () =>
  queryOptions({
    queryKey: keys.appKeys,
    queryFn: ({ signal }) => call<{ items: AppKey[] }>("get", "/api/me/app-keys", { signal }),
    select: ({ items }) => items,
  });

/** Another password; every other device is signed out. */
export async function changePassword(cache: QueryClient, password: string): Promise<void> {
  await call("put", "/api/me/password", { body: { password } });
  await Promise.all([cache.invalidateQueries({ queryKey: keys.sessions }), refreshFactors(cache)]);
}

/** Begins to move to another address: both get a letter. */
export async function changeEmail(email: string): Promise<void> {
  await call("post", "/api/me/email", { body: { email } });
  changeUser({ pending_email: email });
}

/** Stays with the old address. */
export async function callOffEmail(): Promise<void> {
  await call("delete", "/api/me/email");
  changeUser({ pending_email: null });
}

/** Signs one device out. */
export async function endDevice(cache: QueryClient, id: string): Promise<void> {
  await call("delete", "/api/me/sessions/{id}", { path: { id } });
  await cache.invalidateQueries({ queryKey: keys.sessions });
}

/** Signs all devices out but this one. */
export async function endOtherDevices(cache: QueryClient): Promise<void> {
  await call("delete", "/api/me/sessions", { query: { keep_current: true } });
  await cache.invalidateQueries({ queryKey: keys.sessions });
}

/** Draws a secret for an authenticator app; it counts once a code of it is confirmed. */
export async function beginTotp(): Promise<NewTotp> {
  return call("post", "/api/me/factors/totp", { body: {} });
}

/** Confirms it, and gets the codes for the day the phone is lost. */
export async function confirmTotp(cache: QueryClient, code: string): Promise<string[]> {
  const { recovery_codes } = await call<{ recovery_codes: string[] }>("post", "/api/me/factors/totp/confirm", { body: { code } });
  await refreshFactors(cache);
  return recovery_codes;
}

/** No authenticator app any more. */
export async function removeTotp(cache: QueryClient): Promise<void> {
  await call("delete", "/api/me/factors/totp");
  await refreshFactors(cache);
}

/** New codes; the old ones are void. */
export async function renewRecoveryCodes(cache: QueryClient): Promise<string[]> {
  const { recovery_codes } = await call<{ recovery_codes: string[] }>("post", "/api/me/factors/recovery-codes", { body: {} });
  await refreshFactors(cache);
  return recovery_codes;
}

/** Has the authenticator make a key, and keeps its name. With the first factor come recovery codes. */
export async function addPasskey(cache: QueryClient, name: string): Promise<string[] | null> {
  const { ceremony, options } = await call<Ceremony>("post", "/api/me/factors/passkeys/begin", { body: {} });
  const credential = await makePasskey(options);
  const made = await call<Passkey & { recovery_codes: string[] | null }>("post", "/api/me/factors/passkeys", {
    body: { ceremony, name, credential },
  });
  await refreshFactors(cache);
  return made.recovery_codes;
}

/** Calls a key something else. */
export async function renamePasskey(cache: QueryClient, id: string, name: string): Promise<void> {
  await call("patch", "/api/me/factors/passkeys/{id}", { path: { id }, body: { name } });
  await refreshFactors(cache);
}

/** The key opens nothing any more. */
export async function removePasskey(cache: QueryClient, id: string): Promise<void> {
  await call("delete", "/api/me/factors/passkeys/{id}", { path: { id } });
  await refreshFactors(cache);
}

/** Where the way to link an account elsewhere begins. */
export async function beginLink(provider: string): Promise<string> {
  const { url } = await call<{ url: string }>("post", "/api/me/linked/{provider}", {
    path: { provider },
    query: { next: "/settings?tab=security" },
    body: {},
  });
  return url;
}

/** The account elsewhere opens nothing any more. */
export async function unlink(cache: QueryClient, provider: string): Promise<void> {
  await call("delete", "/api/me/linked/{provider}", { path: { provider } });
  await cache.invalidateQueries({ queryKey: keys.linked });
}

/** A password for one program, told only now. */
export async function makeAppKey(cache: QueryClient, body: { name: string; scopes: Scope[] }): Promise<string> {
  const { secret } = await call<AppKey & { secret: string }>("post", "/api/me/app-keys", { body });
  await cache.invalidateQueries({ queryKey: keys.appKeys });
  return secret;
}

/** The program is out at once. */
export async function removeAppKey(cache: QueryClient, id: string): Promise<void> {
  await call("delete", "/api/me/app-keys/{id}", { path: { id } });
  await cache.invalidateQueries({ queryKey: keys.appKeys });
}

/** Asks for the account to be erased, and learns when. */
export async function askDeletion(): Promise<string> {
  const { deletion_at } = await call<{ deletion_at: string }>("post", "/api/me/deletion", { body: {} });
  changeUser({ deletion_at });
  return deletion_at;
}

async function refreshFactors(cache: QueryClient): Promise<void> {
  await cache.invalidateQueries({ queryKey: factorsQuery().queryKey });
}
