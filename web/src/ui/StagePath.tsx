import type { CSSProperties } from "react";

interface Props {
  /** What the path belongs to, for those who do not see it. */
  name: string;
  /** How many of the six are behind us, 0–6. */
  done: number;
  /** How far the current one is, 0–1. */
  part: number;
  /** The current one broke. */
  failed?: boolean;
  valueText: string;
}

const STAGES = [0, 1, 2, 3, 4, 5];

/** Six segments from received to ready. */
export function StagePath({ name, done, part, failed = false, valueText }: Props) {
  const percent = Math.round(((done + part) / STAGES.length) * 100);
  return (
    <div
      className="stages"
      role="progressbar"
      aria-label={name}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.min(100, percent)}
      aria-valuetext={valueText}
      data-ready={done >= STAGES.length || undefined}
    >
      {STAGES.map((stage) => (
        <i key={stage} data-is={standing(stage, done, failed)} style={{ "--v": `${part * 100}%` } as CSSProperties} />
      ))}
    </div>
  );
}

function standing(stage: number, done: number, failed: boolean): string {
  if (stage < done) return "done";
  if (stage > done) return "open";
  return failed ? "failed" : "now";
}
