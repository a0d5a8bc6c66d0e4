import { queryOptions } from "@tanstack/react-query";
import { answer } from "./answer";
import { getApiMeFactors } from "./generated/sdk.gen";
import type { GetApiMeFactorsResponse } from "./generated/types.gen";

/** How a person can prove that it is them. */
export type Factors = GetApiMeFactorsResponse;
/** A key that an authenticator holds. */
export type Passkey = Factors["passkeys"][number];

/** How the signed-in person can prove that it is them. */
export const factorsQuery = () =>
  queryOptions({
    queryKey: ["me", "factors"],
    queryFn: ({ signal }) => answer(getApiMeFactors({ signal })),
  });
