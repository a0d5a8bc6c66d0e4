import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { answer } from "@/api/answer";
import {
  deleteApiMeAvatar,
  deleteApiMeBanner,
  getApiUsersById,
  patchApiMe,
  postApiMeUsername,
  putApiMeAvatar,
  putApiMeBanner,
} from "@/api/generated/sdk.gen";
import type { GetApiUsersByIdResponse, PatchApiMeData } from "@/api/generated/types.gen";
import { knowMe, meQuery } from "@/api/me";
import type { User } from "@/api/types";

/** A person as everybody sees them. */
export type Person = GetApiUsersByIdResponse;
/** What the person may change about themselves. */
export type ProfileChange = PatchApiMeData["body"];
/** Either picture of a profile. */
export type Face = "avatar" | "banner";

const WEAR = { avatar: putApiMeAvatar, banner: putApiMeBanner };
const DROP = { avatar: deleteApiMeAvatar, banner: deleteApiMeBanner };

/** One person, by name or former name. */
export const personQuery = (name: string) =>
  queryOptions({
    queryKey: ["people", name],
    queryFn: async ({ client: cache, signal }) => {
      const person = await answer(getApiUsersById({ path: { id: name }, signal }));
      // found under a former name: the page goes on under the present one without asking again
      if (person.username !== name) cache.setQueryData(["people", person.username], person);
      return person;
    },
  });

/** Changes what is given. */
export async function changeProfile(cache: QueryClient, change: ProfileChange): Promise<void> {
  take(cache, await answer(patchApiMe({ body: change })));
}

/** Is found under another name from now on; the old one leads here. */
export async function changeUsername(cache: QueryClient, username: string): Promise<void> {
  take(cache, await answer(postApiMeUsername({ body: { username } })));
}

/** Shows another picture, or none. */
export async function changeFace(cache: QueryClient, face: Face, file: File | null): Promise<void> {
  await (file ? answer(WEAR[face]({ body: { file } })) : answer(DROP[face]()));
  await cache.fetchQuery({ ...meQuery(), staleTime: 0 });
  await cache.invalidateQueries({ queryKey: ["people"] });
}

function take(cache: QueryClient, me: User): void {
  cache.setQueryData(meQuery().queryKey, knowMe(me));
  void cache.invalidateQueries({ queryKey: ["people"] });
}
