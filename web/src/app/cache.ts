import { QueryClient } from "@tanstack/react-query";
import { asProblem } from "@/api/problem";

const TRIES = 2;

/** Server state. What cannot get better by asking again is not asked again. */
export function makeCache(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        networkMode: "always",
        retry: (failures, error) => failures < TRIES && asProblem(error).status >= 500,
      },
      mutations: { networkMode: "always" },
    },
  });
}
