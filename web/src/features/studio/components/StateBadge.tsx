import type { Track } from "@/api/types";
import { Icon } from "@/ui/Icon";
import { t } from "@/ui/text/text";

/** Where a track stands, in one word. */
export function StateBadge({ track: { state } }: { track: Track }) {
  const look = state === "ready" ? "badge-good" : state === "failed" ? "badge-bad" : "badge-accent";
  return (
    <span className={`badge ${look} justify-self-end`} data-state={state}>
      {state === "ready" && <Icon name="check" />}
      {t(`review.state.${state}`)}
    </span>
  );
}
