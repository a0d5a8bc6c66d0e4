import type { Track } from "@/api/types";
import { usePlayer } from "@/player/react";
import { IconButton } from "@/ui/IconButton";
import { Menu } from "@/ui/Menu";
import { MenuItem } from "@/ui/MenuItem";
import { share } from "@/ui/share";
import { formatTime } from "@/ui/text/format";
import { t } from "@/ui/text/text";

/** Hands the track's address on; while it is heard, also with the moment it is at. */
export function ShareTrack({ track }: { track: Track }) {
  const seconds = usePlayer((state) => (state.track?.id === track.id ? Math.floor(state.positionMs / 1000) : 0));
  const path = `/track/${track.id}`;
  const whole = () => void share(path, track.title);
  if (seconds === 0) return <IconButton icon="share" name={t("track.share")} onClick={whole} />;
  return (
    <Menu trigger={<IconButton icon="share" name={t("track.share")} />} name={t("track.share")}>
      <MenuItem icon="unlisted" label={t("track.share")} onSelect={whole} />
      <MenuItem
        icon="clock"
        label={t("track.shareAt", { time: formatTime(seconds * 1000) })}
        onSelect={() => void share(`${path}?t=${seconds}`, track.title)}
      />
    </Menu>
  );
}
