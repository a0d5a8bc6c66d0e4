import { usePlayer } from "@/player/react";
import { t } from "@/ui/text/text";
import { Horizon } from "./Horizon";
import { NowPlaying } from "./NowPlaying";
import { PlayerTrouble } from "./PlayerTrouble";
import { QualityMenu } from "./QualityMenu";
import { Transport } from "./Transport";
import { Volume } from "./Volume";

/** The bar that stays: the horizon of what plays, and what one does with it. Without a track there is no bar. */
export function PlayerBar() {
  const track = usePlayer((state) => state.track);
  const status = usePlayer((state) => state.status);
  const heard = usePlayer((state) => state.heard);
  if (!track) return null;
  return (
    <section className="player" aria-label={t("player.region")} data-status={status} data-heard={heard}>
      <PlayerTrouble />
      <Horizon />
      <div className="controls">
        <NowPlaying track={track} />
        <Transport />
        <div className="tools">
          <QualityMenu />
          <Volume />
        </div>
      </div>
    </section>
  );
}
