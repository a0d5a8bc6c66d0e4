import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { listen } from "@/api/events";
import type { Track } from "@/api/types";
import { refreshTracks, takeIn } from "./api";

/** Follows the progress of one's tracks as the server tells it, while `active`. */
export function useTrackNews(active: boolean): void {
  const cache = useQueryClient();
  useEffect(() => {
    if (!active) return;
    const end = new AbortController();
    const handlers = {
      onOpen: () => void refreshTracks(cache),
      onEvent: ({ name, data }: { name: string; data: string }) => {
        if (name === "track.progress") takeIn(cache, JSON.parse(data) as Track);
      },
    };
    void listen(`${location.origin}/api/events`, handlers, end.signal);
    return () => end.abort();
  }, [active, cache]);
}
