import { t } from "@/ui/text/text";
import { Brand } from "./Brand";
import { PlaceLink } from "./PlaceLink";
import { BROWSE, MAIN, MORE, type Place } from "./places";

/** The way around, on wide screens. */
export function SideNav() {
  return (
    <nav className="side" aria-label={t("nav.main")}>
      <Brand />
      <Section places={MAIN} />
      <h2 className="side-h" id="side-browse">
        {t("nav.browse")}
      </h2>
      <Section places={BROWSE} labelledBy="side-browse" />
      <div className="flex-1" />
      <Section places={MORE} />
    </nav>
  );
}

function Section({ places, labelledBy }: { places: readonly Place[]; labelledBy?: string }) {
  return (
    <ul className="nav" aria-labelledby={labelledBy}>
      {places.map((place) => (
        <li key={place.to}>
          <PlaceLink place={place} />
        </li>
      ))}
    </ul>
  );
}
