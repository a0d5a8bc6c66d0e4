import { onlineManager, QueryClient } from "@tanstack/react-query";
import { asProblem } from "@/api/problem";

const TRIES = 2;

/** Server state. What cannot get better by asking again is not asked again, and what the connection took is asked for when it is back. */
export function makeCache(): QueryClient {
  onlineManager.setOnline(navigator.onLine);
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        networkMode: "always",
        refetchOnReconnect: ({ state: { error } }) => error !== null && asProblem(error).trouble === "offline",
        retry: (failures, error) => failures < TRIES && asProblem(error).status >= 500,
      },
      mutations: { networkMode: "always" },
    },
  });
}
