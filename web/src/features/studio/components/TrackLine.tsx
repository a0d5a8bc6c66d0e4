import { type DragEvent, type KeyboardEvent, type ReactNode, useState } from "react";
import { CreditsDialog } from "@/ui/CreditsDialog";
import { Icon } from "@/ui/Icon";
import { IconButton } from "@/ui/IconButton";
import { Menu } from "@/ui/Menu";
import { MenuItem } from "@/ui/MenuItem";
import { artistNames } from "@/ui/text/artists";
import { asSentence, formatTime } from "@/ui/text/format";
import { t } from "@/ui/text/text";
import { byLine, type SheetTrack } from "../sheet";
import { StateBadge } from "./StateBadge";

interface Props {
  row: SheetTrack & { number: number };
  /** The disc this line begins. */
  disc?: number;
  problem?: string;
  /** What is dragged would land here. */
  target: boolean;
  onChange: (change: Partial<SheetTrack>) => void;
  onStep: (by: -1 | 1) => void;
  onGrab: () => void;
  onLeave: () => void;
  onOver: () => void;
  onDrop: () => void;
  children: ReactNode;
}

/** One track of a release that is being written. */
export function TrackLine(props: Props) {
  const { row, disc, problem, target, onChange, onStep, onOver, onDrop, children } = props;
  const [open, setOpen] = useState(false);
  const { title, number } = row;
  const over = (event: DragEvent) => {
    event.preventDefault();
    onOver();
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    onDrop();
  };
  return (
    <li className="track-line" data-target={target || undefined} onDragOver={over} onDrop={drop}>
      {disc !== undefined && <p className="disc-head">{t("review.disc", { number: disc })}</p>}
      <Handle {...props} />
      <span className="num text-muted">{number}</span>
      <input
        className="input truncate"
        value={title}
        maxLength={255}
        dir="auto"
        aria-label={t("review.trackTitle", { number })}
        aria-invalid={problem ? true : undefined}
        onChange={(event) => onChange({ title: event.target.value })}
      />
      <button
        type="button"
        className="credit-cell truncate"
        dir="auto"
        onClick={() => setOpen(true)}
        title={t("review.credits", { title })}
      >
        <span className="sr-only">{t("review.credits", { title })}</span>
        {artistNames(byLine(row.credits))}
      </button>
      <button
        type="button"
        className="explicit-mark"
        aria-pressed={row.explicit}
        aria-label={t("review.explicit", { title })}
        title={t("review.explicit", { title })}
        onClick={() => onChange({ explicit: !row.explicit })}
      >
        {t("track.explicitLetter")}
      </button>
      <span className="num text-muted text-end">{row.track.duration_ms ? formatTime(row.track.duration_ms) : ""}</span>
      <StateBadge track={row.track} />
      <Menu trigger={<IconButton icon="more" small name={t("review.trackMore", { title })} />} name={t("review.trackMore", { title })}>
        <MenuItem icon="up" label={t("review.up")} onSelect={() => onStep(-1)} />
        <MenuItem icon="down" label={t("review.down")} onSelect={() => onStep(1)} />
        <MenuItem
          icon={row.explicit ? "check" : "alert"}
          label={t(row.explicit ? "review.unmarkExplicit" : "review.markExplicit")}
          onSelect={() => onChange({ explicit: !row.explicit })}
        />
        {children}
      </Menu>
      {(problem || row.track.failure) && (
        <p className="err line-problem">
          <Icon name="alert" small />
          <span>{problem ?? asSentence(row.track.failure?.message ?? "")}</span>
        </p>
      )}
      {open && (
        <CreditsDialog title={title} credits={row.credits} onClose={() => setOpen(false)} onSave={(credits) => onChange({ credits })} />
      )}
    </li>
  );
}

/** Where a track is taken: by the pointer, or with the arrow keys. */
function Handle({ row, onStep, onGrab, onLeave }: Props) {
  const press = (event: KeyboardEvent) => {
    if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
    event.preventDefault();
    onStep(event.key === "ArrowUp" ? -1 : 1);
  };
  const grab = (event: DragEvent) => {
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", row.title);
    const line = event.currentTarget.closest("li");
    if (line) event.dataTransfer.setDragImage(line, 12, 20);
    onGrab();
  };
  return (
    <button
      type="button"
      className="grip"
      draggable
      aria-label={t("review.move", { title: row.title, number: row.number })}
      title={t("review.moveHint")}
      onKeyDown={press}
      onDragStart={grab}
      onDragEnd={onLeave}
    >
      <Icon name="grip" small />
    </button>
  );
}
