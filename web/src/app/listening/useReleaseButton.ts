import { useMutation, useQueryClient } from "@tanstack/react-query";
import { asProblem } from "@/api/problem";
import type { Release } from "@/api/types";
import { releaseQuery } from "@/features/releases/api";
import { playlistOf } from "@/features/tracks/playable";
import type { Playable } from "@/player/playable";
import { shuffle } from "@/player/queue";
import { useEngine, usePlayer } from "@/player/react";
import { problemSentence } from "@/ui/problem/problemSentence";
import { t } from "@/ui/text/text";
import { say } from "@/ui/toast/toasts";

/** What one may do with a whole release: play it, mix it, put it into the queue. Its tracks are fetched when they are needed. */
export function useReleaseButton(release: Release) {
  const cache = useQueryClient();
  const engine = useEngine();
  const isOn = usePlayer((state) => state.track !== undefined && state.queue.context?.id === release.id);
  const status = usePlayer((state) => (state.queue.context?.id === release.id ? state.status : "idle"));
  const context = { kind: "release", id: release.id, title: release.title } as const;
  const act = useMutation({
    mutationFn: async (use: (tracks: Playable[]) => void) =>
      use(playlistOf((await cache.ensureQueryData(releaseQuery(release.slug))).tracks)),
    onError: (error) => say(problemSentence(asProblem(error))),
  });
  const playing = status === "playing" || status === "loading";
  return {
    button: {
      isOn,
      playing,
      busy: status === "loading" || act.isPending,
      name: t(playing ? "track.pause" : "track.play", { title: release.title }),
      onClick: () => (isOn ? engine.toggle() : act.mutate((tracks) => engine.playList(tracks, 0, context))),
    },
    /** From a place chosen by chance, and on in any order. */
    shuffle: () =>
      act.mutate((tracks) => {
        engine.arrange((queue) => (queue.shuffled ? queue : shuffle(queue)));
        engine.playList(tracks, Math.floor(Math.random() * tracks.length), context);
      }),
    enqueue: () =>
      act.mutate((tracks) => {
        engine.add(tracks, "last");
        say(t("track.queued", { title: release.title }));
      }),
  };
}
