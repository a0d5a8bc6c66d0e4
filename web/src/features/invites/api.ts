import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { answer } from "@/api/answer";
import { deleteApiInvitesById, getApiInvites, postApiInvites } from "@/api/generated/sdk.gen";
import type { GetApiInvitesResponse, PostApiInvitesData, PostApiInvitesResponse } from "@/api/generated/types.gen";

/** A way in for somebody who is not here yet. */
export type Invite = GetApiInvitesResponse["items"][number];
/** One that was just made: only now are its code and its address told. */
export type NewInvite = PostApiInvitesResponse;
/** What an invite is to be like. */
export type InviteDraft = PostApiInvitesData["body"];

const key = ["invites"] as const;

/** One's own invites. */
export const invitesQuery = () =>
  queryOptions({
    queryKey: key,
    queryFn: ({ signal }) => answer(getApiInvites({ query: { limit: 100 }, signal })),
    select: ({ items }) => items,
  });

/** Makes one. */
export async function makeInvite(cache: QueryClient, body: InviteDraft): Promise<NewInvite> {
  const invite = await answer(postApiInvites({ body }));
  await cache.invalidateQueries({ queryKey: key });
  return invite;
}

/** Takes one back. */
export async function removeInvite(cache: QueryClient, id: string): Promise<void> {
  await answer(deleteApiInvitesById({ path: { id } }));
  await cache.invalidateQueries({ queryKey: key });
}
