import { useEngine, usePlayer } from "@/player/react";
import { PlayDisc } from "@/ui/PlayDisc";
import { t } from "@/ui/text/text";

/** Play or pause, whichever is not. */
export function PlayButton({ className }: { className?: string }) {
  const engine = useEngine();
  const status = usePlayer((state) => state.status);
  const playing = status === "playing" || status === "loading";
  return (
    <PlayDisc
      playing={playing}
      busy={status === "loading"}
      className={className}
      name={t(playing ? "player.pause" : "player.play")}
      onClick={() => engine.toggle()}
    />
  );
}
