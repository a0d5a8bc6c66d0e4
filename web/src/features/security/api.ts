import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { answer } from "@/api/answer";
import { factorsQuery } from "@/api/factors";
import {
  deleteApiMeAppKeysById,
  deleteApiMeEmail,
  deleteApiMeFactorsPasskeysById,
  deleteApiMeFactorsTotp,
  deleteApiMeLinkedByProvider,
  deleteApiMeSessions,
  deleteApiMeSessionsById,
  getApiMeAppKeys,
  getApiMeLinked,
  getApiMeSessions,
  patchApiMeFactorsPasskeysById,
  postApiMeAppKeys,
  postApiMeDeletion,
  postApiMeEmail,
  postApiMeFactorsPasskeys,
  postApiMeFactorsPasskeysBegin,
  postApiMeFactorsRecoveryCodes,
  postApiMeFactorsTotp,
  postApiMeFactorsTotpConfirm,
  postApiMeLinkedByProvider,
  putApiMePassword,
} from "@/api/generated/sdk.gen";
import type {
  GetApiMeAppKeysResponse,
  GetApiMeLinkedResponse,
  GetApiMeSessionsResponse,
  PostApiMeFactorsTotpResponse,
} from "@/api/generated/types.gen";
import { changeUser } from "@/api/session";
import { makePasskey } from "@/ui/passkeys";

/** A device that is signed in. */
export type Device = GetApiMeSessionsResponse["items"][number];
/** An authenticator app that is about to be set up. */
export type NewTotp = PostApiMeFactorsTotpResponse;
/** An account elsewhere that opens this one. */
export type Linked = GetApiMeLinkedResponse["items"][number];
/** A password for one program. */
export type AppKey = GetApiMeAppKeysResponse["items"][number];
/** What a program may do with a password of its own. */
export type Scope = AppKey["scopes"][number];
export const SCOPES = ["read", "stream", "write", "subsonic"] as const satisfies readonly Scope[];

const keys = {
  sessions: ["me", "sessions"] as const,
  linked: ["me", "linked"] as const,
  appKeys: ["me", "app-keys"] as const,
};

/** The devices that are signed in, the newest use first. */
export const sessionsQuery = () =>
  queryOptions({
    queryKey: keys.sessions,
    queryFn: ({ signal }) => answer(getApiMeSessions({ query: { limit: 100 }, signal })),
    select: ({ items }) => items,
  });

/** The accounts elsewhere that open this one. */
export const linkedQuery = () =>
  queryOptions({
    queryKey: keys.linked,
    queryFn: ({ signal }) => answer(getApiMeLinked({ signal })),
    select: ({ items }) => items,
  });

/** The passwords of programs. */
export const appKeysQuery = () =>
  queryOptions({
    queryKey: keys.appKeys,
    queryFn: ({ signal }) => answer(getApiMeAppKeys({ signal })),
    select: ({ items }) => items,
  });

/** Another password; every other device is signed out. */
export async function changePassword(cache: QueryClient, password: string): Promise<void> {
  await answer(putApiMePassword({ body: { password } }));
  await Promise.all([cache.invalidateQueries({ queryKey: keys.sessions }), refreshFactors(cache)]);
}

/** Begins to move to another address: both get a letter. */
export async function changeEmail(email: string): Promise<void> {
  await answer(postApiMeEmail({ body: { email } }));
  changeUser({ pending_email: email });
}

/** Stays with the old address. */
export async function callOffEmail(): Promise<void> {
  await answer(deleteApiMeEmail());
  changeUser({ pending_email: null });
}

/** Signs one device out. */
export async function endDevice(cache: QueryClient, id: string): Promise<void> {
  await answer(deleteApiMeSessionsById({ path: { id } }));
  await cache.invalidateQueries({ queryKey: keys.sessions });
}

/** Signs all devices out but this one. */
export async function endOtherDevices(cache: QueryClient): Promise<void> {
  await answer(deleteApiMeSessions({ query: { keep_current: true } }));
  await cache.invalidateQueries({ queryKey: keys.sessions });
}

/** Draws a secret for an authenticator app; it counts once a code of it is confirmed. */
export async function beginTotp(): Promise<NewTotp> {
  return answer(postApiMeFactorsTotp());
}

/** Confirms it, and gets the codes for the day the phone is lost. */
export async function confirmTotp(cache: QueryClient, code: string): Promise<string[]> {
  const { recovery_codes } = await answer(postApiMeFactorsTotpConfirm({ body: { code } }));
  await refreshFactors(cache);
  return recovery_codes;
}

/** No authenticator app any more. */
export async function removeTotp(cache: QueryClient): Promise<void> {
  await answer(deleteApiMeFactorsTotp());
  await refreshFactors(cache);
}

/** New codes; the old ones are void. */
export async function renewRecoveryCodes(cache: QueryClient): Promise<string[]> {
  const { recovery_codes } = await answer(postApiMeFactorsRecoveryCodes());
  await refreshFactors(cache);
  return recovery_codes;
}

/** Has the authenticator make a key, and keeps its name. With the first factor come recovery codes. */
export async function addPasskey(cache: QueryClient, name: string): Promise<string[] | null> {
  const { ceremony, options } = await answer(postApiMeFactorsPasskeysBegin());
  const credential = await makePasskey(options);
  const made = await answer(
    postApiMeFactorsPasskeys({
      body: { ceremony, name, credential },
    }),
  );
  await refreshFactors(cache);
  return made.recovery_codes ?? null;
}

/** Calls a key something else. */
export async function renamePasskey(cache: QueryClient, id: string, name: string): Promise<void> {
  await answer(patchApiMeFactorsPasskeysById({ path: { id }, body: { name } }));
  await refreshFactors(cache);
}

/** The key opens nothing any more. */
export async function removePasskey(cache: QueryClient, id: string): Promise<void> {
  await answer(deleteApiMeFactorsPasskeysById({ path: { id } }));
  await refreshFactors(cache);
}

/** Where the way to link an account elsewhere begins. */
export async function beginLink(provider: string): Promise<string> {
  const { url } = await answer(
    postApiMeLinkedByProvider({
      path: { provider },
      query: { next: "/settings?tab=security" },
    }),
  );
  return url;
}

/** The account elsewhere opens nothing any more. */
export async function unlink(cache: QueryClient, provider: string): Promise<void> {
  await answer(deleteApiMeLinkedByProvider({ path: { provider } }));
  await cache.invalidateQueries({ queryKey: keys.linked });
}

/** A password for one program, told only now. */
export async function makeAppKey(cache: QueryClient, body: { name: string; scopes: Scope[] }): Promise<string> {
  const { secret } = await answer(postApiMeAppKeys({ body }));
  await cache.invalidateQueries({ queryKey: keys.appKeys });
  return secret;
}

/** The program is out at once. */
export async function removeAppKey(cache: QueryClient, id: string): Promise<void> {
  await answer(deleteApiMeAppKeysById({ path: { id } }));
  await cache.invalidateQueries({ queryKey: keys.appKeys });
}

/** Asks for the account to be erased, and learns when. */
export async function askDeletion(): Promise<string> {
  const { deletion_at } = await answer(postApiMeDeletion({ body: {} }));
  changeUser({ deletion_at });
  return deletion_at;
}

async function refreshFactors(cache: QueryClient): Promise<void> {
  await cache.invalidateQueries({ queryKey: factorsQuery().queryKey });
}
