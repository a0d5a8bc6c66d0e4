import type { Artist } from "@/api/types";
import { Icon } from "@/ui/Icon";
import { t } from "@/ui/text/text";

/** Who they are, and where else they are found; nothing where neither is told. */
export function ArtistAbout({ artist: { name, bio, links } }: { artist: Artist }) {
  if (!bio && links.length === 0) return null;
  return (
    <section className="cols" aria-labelledby="about">
      <div>
        <h2 id="about" dir="auto">
          {t("artist.about", { name })}
        </h2>
        {bio && (
          <p className="prose" dir="auto">
            {bio}
          </p>
        )}
      </div>
      {links.length > 0 && (
        <div>
          <h2>{t("artist.links")}</h2>
          <ul className="grid gap-1">
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
        </div>
      )}
    </section>
  );
}
