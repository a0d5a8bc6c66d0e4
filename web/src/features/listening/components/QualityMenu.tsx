import { useEngine, usePlayer } from "@/player/react";
import { QUALITIES } from "@/player/settings";
import { IconButton } from "@/ui/IconButton";
import { Menu } from "@/ui/Menu";
import { MenuChoices } from "@/ui/MenuChoices";
import { t } from "@/ui/text/text";

/** How much the sound may weigh. */
export function QualityMenu() {
  const engine = useEngine();
  const quality = usePlayer((state) => state.settings.quality);
  const choices = QUALITIES.map((value) => ({ value, label: t(`player.quality.${value}`) }));
  return (
    <Menu trigger={<IconButton icon="source" name={t("player.qualityButton")} />} name={t("player.qualityButton")}>
      <MenuChoices label={t("player.quality")} value={quality} choices={choices} onChoose={(next) => engine.set({ quality: next })} />
    </Menu>
  );
}
