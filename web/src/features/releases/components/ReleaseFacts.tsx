import type { ReactNode } from "react";
import type { Release } from "@/api/types";
import { LicenceName } from "@/ui/LicenceName";
import { formatReleaseDate } from "@/ui/text/dates";
import { t } from "@/ui/text/text";

/** What the sleeve says in small print. */
export function ReleaseFacts({ release }: { release: Release }) {
  return (
    <section className="sleeve" aria-labelledby="facts">
      <h2 id="facts">{t("release.facts")}</h2>
      <dl>
        {factsOf(release).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd dir="auto">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function factsOf(release: Release): [string, ReactNode][] {
  const facts: [string, ReactNode][] = [
    [t("release.fact.released"), release.released_on && formatReleaseDate(release.released_on)],
    [t("release.fact.label"), release.label],
    [t("release.fact.genre"), release.genre],
    [t("release.fact.licence"), <LicenceName key="licence" licence={release.licence} />],
  ];
  return facts.filter(([, value]) => Boolean(value));
}
