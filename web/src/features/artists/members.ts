import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { call } from "@/api/call";
import type { Artist } from "@/api/types";

/** What somebody may do for an artist, most first. */
export const ROLES = ["owner", "manager", "editor", "viewer"] as const;
export type MemberRole = (typeof ROLES)[number];

/** Somebody who may act for an artist. */
export interface Member {
  user_id: string;
  username: string;
  display_name: string;
  role: MemberRole;
  since: string;
}

const key = (artistId: string) => ["artists", "members", artistId] as const;

/** Who may act for an artist, those who have been there longest first. */
export const membersQuery = (artistId: string) =>
  queryOptions({
    queryKey: key(artistId),
    queryFn: ({ signal }) => call<{ items: Member[] }>("get", "/api/artists/{id}/members", { path: { id: artistId }, signal }),
    select: ({ items }) => items,
  });

/** Lets somebody act for the artist. */
export async function addMember(cache: QueryClient, artistId: string, body: { username: string; role: MemberRole }): Promise<void> {
  await call<Member>("post", "/api/artists/{id}/members", { path: { id: artistId }, body });
  await refresh(cache, artistId);
}

/** Gives a member another role. */
export async function changeMember(cache: QueryClient, artistId: string, userId: string, role: MemberRole): Promise<void> {
  await call<Member>("patch", "/api/artists/{id}/members/{user}", { path: { id: artistId, user: userId }, body: { role } });
  await refresh(cache, artistId);
}

/** Somebody acts for the artist no more. */
export async function removeMember(cache: QueryClient, artistId: string, userId: string): Promise<void> {
  await call("delete", "/api/artists/{id}/members/{user}", { path: { id: artistId, user: userId } });
  await refresh(cache, artistId);
}

/** The roles that somebody with `role` may give: owners all, managers the lesser two. */
export function mayGive(role: Artist["role"]): readonly MemberRole[] {
  if (role === "owner") return ROLES;
  return role === "manager" ? ["editor", "viewer"] : [];
}

/** The roles of an artist's people touch the artist's own answer, which says what the viewer may do. */
async function refresh(cache: QueryClient, artistId: string): Promise<void> {
  await Promise.all([cache.invalidateQueries({ queryKey: key(artistId) }), cache.invalidateQueries({ queryKey: ["artists", "one"] })]);
}
