import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { call } from "@/api/call";

/** A way in for somebody who is not here yet. */
export interface Invite {
  id: string;
  note: string | null;
  uses: number;
  used: number;
  state: "open" | "used_up" | "expired" | "revoked";
  created_at: string;
  expires_at: string;
}

/** One that was just made: only now are its code and its address told. */
export interface NewInvite extends Invite {
  code: string;
  url: string;
}

/** What an invite is to be like. */
export interface InviteDraft {
  note?: string;
  email?: string;
  uses?: number;
  expires_in_days?: number;
}

const key = ["invites"] as const;

/** One's own invites. */
export const invitesQuery = () =>
  queryOptions({
    queryKey: key,
    queryFn: ({ signal }) => call<{ items: Invite[] }>("get", "/api/invites", { query: { limit: 100 }, signal }),
    select: ({ items }) => items,
  });

/** Makes one. */
export async function makeInvite(cache: QueryClient, body: InviteDraft): Promise<NewInvite> {
  const invite = await call<NewInvite>("post", "/api/invites", { body });
  await cache.invalidateQueries({ queryKey: key });
  return invite;
}

/** Takes one back. */
export async function removeInvite(cache: QueryClient, id: string): Promise<void> {
  await call("delete", "/api/invites/{id}", { path: { id } });
  await cache.invalidateQueries({ queryKey: key });
}
