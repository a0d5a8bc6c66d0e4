import type { Source } from "@/player/playable";
import { useEngine, usePlayer } from "@/player/react";
import { IconButton } from "@/ui/IconButton";
import { Menu } from "@/ui/Menu";
import { MenuChoices } from "@/ui/MenuChoices";
import { t } from "@/ui/text/text";

const SOURCES: readonly Source[] = ["hls", "original"];

/** Which form of the sound is heard. */
export function SourceMenu() {
  const engine = useEngine();
  const wanted = usePlayer((state) => state.wanted);
  const choices = SOURCES.map((value) => ({ value, label: t(`player.source.${value}`) }));
  return (
    <Menu trigger={<IconButton icon="source" name={t("player.sourceButton")} />} name={t("player.sourceButton")}>
      <MenuChoices label={t("player.source")} value={wanted} choices={choices} onChoose={(next) => engine.choose(next)} />
    </Menu>
  );
}
