import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { call } from "@/api/call";
import { knowMe, meQuery } from "@/api/me";
import type { ArtistRef, Picture, Place, User } from "@/api/types";

/** A person as everybody sees them. */
export interface Person {
  id: string;
  username: string;
  display_name: string;
  bio: string | null;
  location: string | null;
  links: Place[];
  avatar: Picture | null;
  banner: Picture | null;
  artists: (ArtistRef & { picture?: Picture | null })[];
  joined_at: string;
}

/** What the person may change about themselves. */
export interface ProfileChange {
  display_name?: string;
  bio?: string | null;
  location?: string | null;
  links?: Place[];
}

/** Either picture of a profile. */
export type Face = "avatar" | "banner";

/** One person, by name or former name. */
export const personQuery = (name: string) =>
  queryOptions({
    queryKey: ["people", name],
    queryFn: async ({ client: cache, signal }) => {
      const person = await call<Person>("get", "/api/users/{name}", { path: { name }, signal });
      // found under a former name: the page goes on under the present one without asking again
      if (person.username !== name) cache.setQueryData(["people", person.username], person);
      return person;
    },
  });

/** Changes what is given. */
export async function changeProfile(cache: QueryClient, change: ProfileChange): Promise<void> {
  take(cache, await call<User>("patch", "/api/me", { body: change }));
}

/** Is found under another name from now on; the old one leads here. */
export async function changeUsername(cache: QueryClient, username: string): Promise<void> {
  take(cache, await call<User>("post", "/api/me/username", { body: { username } }));
}

/** Shows another picture, or none. */
export async function changeFace(cache: QueryClient, face: Face, file: File | null): Promise<void> {
  const body = new FormData();
  if (file) body.append("file", file);
  await (file ? call("put", `/api/me/${face}`, { body }) : call("delete", `/api/me/${face}`));
  await cache.fetchQuery({ ...meQuery(), staleTime: 0 });
  await cache.invalidateQueries({ queryKey: ["people"] });
}

function take(cache: QueryClient, me: User): void {
  cache.setQueryData(meQuery().queryKey, knowMe(me));
  void cache.invalidateQueries({ queryKey: ["people"] });
}
