import * as Radix from "@radix-ui/react-dialog";
import type { Playable } from "@/player/playable";
import { useEngine, usePlayer } from "@/player/react";
import { Cover } from "@/ui/Cover";
import { coverTint } from "@/ui/coverTint";
import { IconButton } from "@/ui/IconButton";
import { formatTime } from "@/ui/text/format";
import { t } from "@/ui/text/text";
import { openPanel } from "../panel";
import "../sheet.css";
import { RepeatButton, ShuffleButton } from "./ModeButtons";
import { PlayButton } from "./PlayButton";
import { PlayingWave } from "./PlayingWave";
import { QualityMenu } from "./QualityMenu";
import { SleepMenu } from "./SleepMenu";
import { Titles } from "./Titles";

const close = () => openPanel(undefined);

/** What plays, over the whole phone. */
export default function Sheet({ track }: { track: Playable }) {
  const engine = useEngine();
  const hasNext = usePlayer((state) => state.hasNext);
  const context = usePlayer((state) => state.queue.context);
  return (
    <Radix.Root open onOpenChange={(open) => !open && close()}>
      <Radix.Portal>
        <Radix.Content className="sheet tint" style={coverTint(track.id, track.coverUrl, track.cover)} aria-describedby={undefined}>
          <header>
            <IconButton icon="chevronDown" name={t("player.close")} onClick={close} />
            <Radix.Title className="from">
              {context ? (
                <>
                  <span className="soft text-xs">{t("player.from")}</span>
                  <b className="block truncate" dir="auto">
                    {context.title}
                  </b>
                </>
              ) : (
                <b>{t("player.sheet")}</b>
              )}
            </Radix.Title>
            <IconButton icon="queue" name={t("queue.button")} onClick={() => openPanel("queue")} />
          </header>
          <Cover seed={track.id} url={track.cover?.urls.w600 ?? track.coverUrl} picture={track.cover} className="art" />
          <Titles track={track} className="titles" onLeave={close} />
          <PlayingWave className="lake" shape="lake" gap={2} />
          <Times />
          <div className="transport">
            <ShuffleButton />
            <IconButton icon="previous" name={t("player.previous")} filled onClick={() => engine.previous()} />
            <PlayButton className="disc-xl" />
            <IconButton icon="next" name={t("player.next")} filled disabled={!hasNext} onClick={() => engine.next()} />
            <RepeatButton />
          </div>
          <footer>
            <SleepMenu />
            <QualityMenu />
          </footer>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** Where we are, and how much is left. */
function Times() {
  const positionMs = usePlayer((state) => state.positionMs);
  const durationMs = usePlayer((state) => state.durationMs);
  return (
    <div className="times num soft">
      <span>{formatTime(positionMs)}</span>
      <span>{t("player.left", { time: formatTime(durationMs - positionMs) })}</span>
    </div>
  );
}
