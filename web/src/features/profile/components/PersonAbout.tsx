import { Link } from "@tanstack/react-router";
import { Icon } from "@/ui/Icon";
import { Portrait } from "@/ui/Portrait";
import { SistrumState } from "@/ui/SistrumState";
import { t } from "@/ui/text/text";
import type { Person } from "../api";

/** What a person says, where else they are, and which artists they act for. */
export function PersonAbout({ person: { bio, links, artists } }: { person: Person }) {
  if (!bio && links.length === 0 && artists.length === 0) {
    return <SistrumState figure="empty" heading={t("person.nothing")} text={t("person.nothingText")} level={2} />;
  }
  return (
    <div className="person-body">
      {bio && (
        <p className="prose" dir="auto">
          {bio}
        </p>
      )}
      {artists.length > 0 && (
        <section aria-labelledby="person-artists">
          <h2 id="person-artists" className="section-name">
            {t("nav.artists")}
          </h2>
          <ul className="grid gap-2">
            {artists.map(({ id, slug, name }) => (
              <li key={id} className="flex items-center gap-3">
                <Portrait seed={id} picture={null} className="w-10" />
                <Link to="/artist/$slug" params={{ slug }} className="link min-h-6" dir="auto">
                  {name}
                </Link>
              </li>
            ))}
          </ul>
        </section>
      )}
      {links.length > 0 && (
        <section aria-labelledby="person-links">
          <h2 id="person-links" className="section-name">
            {t("artist.links")}
          </h2>
          <ul className="grid grid-cols-[minmax(0,1fr)] gap-1">
            {links.map(({ label, url }) => (
              <li key={url}>
                <a href={url} className="link inline-flex min-h-6 max-w-full items-center gap-2" rel="me noopener nofollow" target="_blank">
                  <span className="truncate" dir="auto">
                    {label || url}
                  </span>
                  <Icon name="external" small />
                </a>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
