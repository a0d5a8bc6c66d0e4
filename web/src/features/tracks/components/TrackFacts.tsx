import type { ReactNode } from "react";
import type { Track } from "@/api/types";
import { LicenceName } from "@/ui/LicenceName";
import { formatDate, formatDecibels, formatTime } from "@/ui/text/format";
import { t } from "@/ui/text/text";

/** What was measured and what is known. */
export function TrackFacts({ track }: { track: Track }) {
  return (
    <section className="shelf" aria-labelledby="facts">
      <header>
        <h2 id="facts">{t("track.facts")}</h2>
      </header>
      <dl className="facts">
        {factsOf(track).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd dir="auto">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function factsOf(track: Track): [string, ReactNode][] {
  const facts: [string, ReactNode][] = [
    [t("track.fact.length"), track.duration_ms ? formatTime(track.duration_ms) : null],
    [t("track.fact.loudness"), loudnessOf(track)],
    [t("track.fact.codec"), track.codec?.toLocaleUpperCase()],
    [t("track.fact.genre"), track.genre],
    [t("track.fact.year"), track.year?.toString()],
    [t("track.fact.uploader"), track.owner.display_name || track.owner.username],
    [t("track.fact.date"), formatDate(track.created_at)],
    [t("track.fact.visibility"), t(`visibility.${track.visibility}`)],
    [t("track.fact.isrc"), track.isrc],
    [t("track.fact.licence"), <LicenceName key="licence" licence={track.licence} />],
  ];
  return facts.filter(([, value]) => Boolean(value));
}

function loudnessOf({ state, loudness }: Track): string | null {
  if (state !== "ready") return null;
  if (!loudness) return t("track.fact.silent");
  const [lufs, peak] = [formatDecibels(loudness.integrated_lufs), formatDecibels(loudness.true_peak_db)];
  return t("track.fact.loudnessValue", { lufs, peak });
}
