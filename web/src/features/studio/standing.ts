import type { Release } from "@/api/types";
import { formatMoment } from "@/ui/text/dates";
import { t } from "@/ui/text/text";

/** Where a release stands, in a sentence. */
export function standingWords({ state, ready_count, track_count, publish_at, visibility }: Release): string {
  if (state === "live") return t(visibility === "unlisted" ? "review.standing.unlisted" : "review.standing.live");
  if (state === "scheduled" && publish_at) return t("review.standing.scheduled", { when: formatMoment(publish_at) });
  if (state === "held") return t("review.standing.held");
  if (state === "processing") return t("review.standing.processing", { ready: ready_count, count: track_count });
  return t("review.standing.draft");
}
