import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { answer } from "@/api/answer";
import { getApiSearch } from "@/api/generated/sdk.gen";

/** How many of each kind. */
const LIMIT = 20;

/** Everything public that has words beginning with those of `q`. What was found before stays until the next is here. */
export const searchQuery = (q: string) =>
  queryOptions({
    queryKey: ["search", q],
    queryFn: ({ signal }) => answer(getApiSearch({ query: { q, limit: LIMIT }, signal })),
    enabled: q !== "",
    placeholderData: keepPreviousData,
  });
