import { useQuery } from "@tanstack/react-query";
import type { Track } from "@/api/types";
import { useEngine } from "@/player/react";
import { FLAT } from "@/ui/waveform/still";
import { isPlayable } from "./stages";

/** The measured shape of `track`; a flat line until it is there. */
export function usePeaks(track: Track): Uint8Array {
  const engine = useEngine();
  const peaks = useQuery({
    queryKey: ["peaks", track.id, track.state === "ready"],
    queryFn: async () => (await engine.peaksOf(track.id)) ?? null,
    enabled: isPlayable(track),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return peaks.data ?? FLAT;
}
