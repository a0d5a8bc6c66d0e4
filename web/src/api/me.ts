import { queryOptions } from "@tanstack/react-query";
import { answer } from "./answer";
import { getApiMe } from "./generated/sdk.gen";
import { changeUser } from "./session";
import type { User } from "./types";

/** What the person sees of themselves, fresh from the server. The session follows. */
export const meQuery = () =>
  queryOptions({
    queryKey: ["me"],
    queryFn: async ({ signal }) => knowMe(await answer(getApiMe({ signal }))),
  });

/** Takes over what the server says about the person. */
export function knowMe(me: User): User {
  changeUser(me);
  return me;
}
