import { t } from "@/ui/text/text";
import { Brand } from "./Brand";
import { PlaceLink } from "./PlaceLink";
import { PLACES } from "./places";

/** The way around, on wide screens. */
export function SideNav() {
  return (
    <nav className="side" aria-label={t("nav.main")}>
      <Brand />
      <div className="nav">
        {PLACES.map((place) => (
          <PlaceLink key={place.to} place={place} />
        ))}
      </div>
    </nav>
  );
}
