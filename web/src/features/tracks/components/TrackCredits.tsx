import type { Track } from "@/api/types";
import { ArtistLinks } from "@/ui/ArtistLinks";
import { t } from "@/ui/text/text";
import { sleeveOf } from "../credits";

/** Who did what; nothing where the sleeve is blank. */
export function TrackCredits({ track }: { track: Track }) {
  const sleeve = sleeveOf(track);
  if (sleeve.length === 0) return null;
  return (
    <section className="sleeve" aria-labelledby="credits">
      <h2 id="credits">{t("track.credits")}</h2>
      <dl>
        {sleeve.map(({ role, people }) => (
          <div key={role}>
            <dt>{t(`track.role.${role}`)}</dt>
            <dd>
              <ArtistLinks artists={people} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
