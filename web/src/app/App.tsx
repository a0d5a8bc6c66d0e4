import { type QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import type { Engine } from "@/player/engine";
import { PlayerContext } from "@/player/react";
import type { AppRouter } from "./router";

interface Props {
  engine: Engine;
  cache: QueryClient;
  router: AppRouter;
}

/** The page: one player, one cache, one router. */
export function App({ engine, cache, router }: Props) {
  return (
    <StrictMode>
      <QueryClientProvider client={cache}>
        <PlayerContext value={engine}>
          <RouterProvider router={router} />
        </PlayerContext>
      </QueryClientProvider>
    </StrictMode>
  );
}
