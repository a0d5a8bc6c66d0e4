import { lazy, Suspense } from "react";
import { usePlayer } from "@/player/react";
import { t } from "@/ui/text/text";
import { usePanel } from "../panel";
import "../player.css";
import { useNarrow } from "../useNarrow";
import { useShortcuts } from "../useShortcuts";
import { Horizon } from "./Horizon";
import { MiniControls } from "./MiniControls";
import { NowPlaying } from "./NowPlaying";
import { PlayerTrouble } from "./PlayerTrouble";
import { QualityMenu } from "./QualityMenu";
import { QueueButton } from "./QueueButton";
import { SleepMenu } from "./SleepMenu";
import { Told } from "./Told";
import { Transport } from "./Transport";
import { Volume } from "./Volume";

const QueueDrawer = lazy(() => import("./QueueDrawer"));
const Sheet = lazy(() => import("./Sheet"));

/** The horizon of what plays, what one does with it, and what opens from there. */
export default function Bar() {
  const track = usePlayer((state) => state.track);
  const status = usePlayer((state) => state.status);
  const heard = usePlayer((state) => state.heard);
  const panel = usePanel();
  const narrow = useNarrow();
  useShortcuts();
  if (!track) return null;
  return (
    <>
      <Suspense>{panel === "queue" && <QueueDrawer />}</Suspense>
      <section className="player" aria-label={t("player.region")} data-status={status} data-heard={heard}>
        <PlayerTrouble />
        <Horizon />
        {narrow ? (
          <MiniControls track={track} />
        ) : (
          <div className="controls">
            <NowPlaying track={track} />
            <Transport />
            <div className="tools">
              <SleepMenu />
              <QualityMenu />
              <QueueButton />
              <Volume />
            </div>
          </div>
        )}
        <Told track={track} />
      </section>
      <Suspense>{panel === "sheet" && narrow && <Sheet track={track} />}</Suspense>
    </>
  );
}
