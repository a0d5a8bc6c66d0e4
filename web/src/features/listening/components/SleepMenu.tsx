import { useEffect, useState } from "react";
import { useEngine, usePlayer } from "@/player/react";
import { minutesLeft, SLEEP_MINUTES } from "@/player/sleep";
import { IconButton } from "@/ui/IconButton";
import { Menu } from "@/ui/Menu";
import { MenuItem } from "@/ui/MenuItem";
import { t, tCount } from "@/ui/text/text";
import { say } from "@/ui/toast/toasts";

/** Falls asleep after some minutes or at the end of the track. */
export function SleepMenu() {
  const engine = useEngine();
  const sleep = usePlayer((state) => state.sleep);
  const left = useMinutesLeft();
  const inMinutes = (minutes: number) => {
    engine.sleepAt({ at: Date.now() + minutes * 60_000 });
    say(t("sleep.set", { time: tCount("sleep.minutes", minutes) }));
  };
  const name = left !== undefined ? t("sleep.left", { time: tCount("sleep.minutes", left) }) : t(sleep ? "sleep.trackEnd" : "sleep.button");
  return (
    <Menu
      trigger={<IconButton icon="night" name={name} className="mode" data-on={sleep !== undefined || undefined} />}
      name={t("sleep.button")}
    >
      {sleep && <MenuItem icon="close" label={t("sleep.off")} onSelect={() => engine.sleepAt(undefined)} />}
      {SLEEP_MINUTES.map((minutes) => (
        <MenuItem key={minutes} icon="clock" label={tCount("sleep.minutes", minutes)} onSelect={() => inMinutes(minutes)} />
      ))}
      <MenuItem icon="music" label={t("sleep.atTrackEnd")} onSelect={() => engine.sleepAt("trackEnd")} />
    </Menu>
  );
}

/** Counts down, minute by minute. */
function useMinutesLeft(): number | undefined {
  const sleep = usePlayer((state) => state.sleep);
  const [, tick] = useState(0);
  useEffect(() => {
    if (typeof sleep !== "object") return;
    const timer = setInterval(() => tick((count) => count + 1), 10_000);
    return () => clearInterval(timer);
  }, [sleep]);
  return minutesLeft(sleep);
}
