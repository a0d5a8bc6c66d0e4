import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { answer } from "@/api/answer";
import {
  deleteApiArtistsByIdMembersByUserId,
  getApiArtistsByIdMembers,
  patchApiArtistsByIdMembersByUserId,
  postApiArtistsByIdMembers,
} from "@/api/generated/sdk.gen";
import type { GetApiArtistsByIdMembersResponse } from "@/api/generated/types.gen";
import type { Artist } from "@/api/types";

/** Somebody who may act for an artist. */
export type Member = GetApiArtistsByIdMembersResponse["items"][number];
export type MemberRole = Member["role"];
/** What somebody may do for an artist, most first. */
export const ROLES = ["owner", "manager", "editor", "viewer"] as const satisfies readonly MemberRole[];

const key = (artistId: string) => ["artists", "members", artistId] as const;

/** Who may act for an artist, those who have been there longest first. */
export const membersQuery = (artistId: string) =>
  queryOptions({
    queryKey: key(artistId),
    queryFn: ({ signal }) => answer(getApiArtistsByIdMembers({ path: { id: artistId }, signal })),
    select: ({ items }) => items,
  });

/** Lets somebody act for the artist. */
export async function addMember(cache: QueryClient, artistId: string, body: { username: string; role: MemberRole }): Promise<void> {
  await answer(postApiArtistsByIdMembers({ path: { id: artistId }, body }));
  await refresh(cache, artistId);
}

/** Gives a member another role. */
export async function changeMember(cache: QueryClient, artistId: string, userId: string, role: MemberRole): Promise<void> {
  await answer(patchApiArtistsByIdMembersByUserId({ path: { id: artistId, user_id: userId }, body: { role } }));
  await refresh(cache, artistId);
}

/** Somebody acts for the artist no more. */
export async function removeMember(cache: QueryClient, artistId: string, userId: string): Promise<void> {
  await answer(deleteApiArtistsByIdMembersByUserId({ path: { id: artistId, user_id: userId } }));
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
