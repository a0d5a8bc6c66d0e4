import { type CSSProperties, useId } from "react";
import { useEngine, usePlayer } from "@/player/react";
import { LEVELLINGS, LONGEST_CROSSFADE_S, QUALITIES } from "@/player/settings";
import { t, tCount } from "@/ui/text/text";
import "../settings.css";
import { Choices } from "./Choices";

/** How the sound is played here: kept on this device. */
export function PlaybackSettings() {
  const engine = useEngine();
  const settings = usePlayer((state) => state.settings);
  return (
    <div className="playback">
      <Choices
        legend={t("player.quality")}
        hint={t("playback.qualityHint")}
        value={settings.quality}
        choices={QUALITIES.map((value) => ({ value, label: t(`player.quality.${value}`) }))}
        onChoose={(quality) => engine.set({ quality })}
      />
      <Choices
        legend={t("playback.levelling")}
        hint={t("playback.levellingHint")}
        value={settings.levelling}
        choices={LEVELLINGS.map((value) => ({ value, label: t(`playback.levelling.${value}`) }))}
        onChoose={(levelling) => engine.set({ levelling })}
      />
      <Crossfade />
      <Choices
        legend={t("playback.keys")}
        hint={t("playback.keysHint")}
        value={settings.singleKeys ? "on" : "off"}
        choices={(["on", "off"] as const).map((value) => ({ value, label: t(`playback.keys.${value}`) }))}
        onChoose={(value) => engine.set({ singleKeys: value === "on" })}
      />
    </div>
  );
}

/** How long two tracks sound together. */
function Crossfade() {
  const engine = useEngine();
  const id = useId();
  const seconds = usePlayer((state) => state.settings.crossfadeS);
  const words = seconds === 0 ? t("playback.crossfadeOff") : tCount("playback.seconds", seconds);
  return (
    <div>
      <label htmlFor={id} className="legend">
        {t("playback.crossfade")}
      </label>
      <p className="text-muted text-sm" id={`${id}-hint`}>
        {t("playback.crossfadeHint")}
      </p>
      <div className="crossfade">
        <input
          id={id}
          type="range"
          className="slider"
          min={0}
          max={LONGEST_CROSSFADE_S}
          value={seconds}
          style={{ "--v": `${(seconds / LONGEST_CROSSFADE_S) * 100}%` } as CSSProperties}
          aria-valuetext={words}
          aria-describedby={`${id}-hint`}
          onChange={(event) => engine.set({ crossfadeS: event.target.valueAsNumber })}
        />
        <span className="num text-muted">{words}</span>
      </div>
    </div>
  );
}
