import type { ReactNode } from "react";

interface Props {
  /** Beads aside: empty. A broken bar: error. */
  figure: "empty" | "broken";
  heading: string;
  text: string;
  /** The heading's level: 1 where the state is the whole page. */
  level?: 1 | 2;
  children?: ReactNode;
}

/** What a page shows when it has nothing to show: a drawing, a sentence, and what to do next. */
export function SistrumState({ figure, heading, text, level = 1, children }: Props) {
  const Heading = level === 1 ? "h1" : "h2";
  return (
    <div className="void">
      <svg className="fig" viewBox="0 0 200 130" aria-hidden="true">
        <path d="M64 128V62a36 36 0 0 1 72 0v66" />
        <path d={figure === "empty" ? "M38 66h124M38 88h124M38 110h124" : "M38 66h124M38 88h52M110 96l52-6M38 110h124"} />
        <path className={figure === "empty" ? "beads" : "beads-broken"} d={BEADS[figure]} />
      </svg>
      <Heading className="display">{heading}</Heading>
      <p>{text}</p>
      {children}
    </div>
  );
}

const bead = (x: number, y: number) => `M${x - 6} ${y}a6 6 0 1 0 12 0a6 6 0 1 0 -12 0`;
const BEADS = {
  empty: bead(64, 66) + bead(64, 88) + bead(64, 110),
  broken: bead(120, 66) + bead(76, 110) + bead(100, 121),
};
