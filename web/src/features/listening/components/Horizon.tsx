import { PlayingWave } from "./PlayingWave";

/** The waveform of what plays over the full width, a skyline; a small disc travels along it. */
export function Horizon() {
  return (
    <PlayingWave className="horizon" shape="sky" gap={1}>
      <span className="sun" />
    </PlayingWave>
  );
}
