import type { Release } from "@/api/types";
import { Note } from "@/ui/Note";
import { formatMoment } from "@/ui/text/dates";
import { t } from "@/ui/text/text";

/** Why others do not hear it yet; nothing where they do. For those who may change it. */
export function ReleaseStanding({ release }: { release: Release }) {
  if (!release.can_edit) return null;
  const { state, ready_count: ready, track_count: all, publish_at: at } = release;
  if (state === "processing") return <Note icon="transcode">{t("release.state.processing", { ready, all })}</Note>;
  if (state === "scheduled" && at) return <Note icon="calendar">{t("release.state.scheduled", { date: formatMoment(at) })}</Note>;
  if (state === "draft") return <Note icon="lock">{t("release.state.draft")}</Note>;
  if (state !== "held") return null;
  return (
    <Note icon="alert" look="bad">
      {t("release.state.held")}
    </Note>
  );
}
