import { t } from "@/ui/text/text";
import { PlaceLink } from "./PlaceLink";
import { TABS } from "./places";

/** The way around, under the thumb. */
export function TabBar() {
  return (
    <nav className="tabbar" aria-label={t("nav.main")}>
      {TABS.map((place) => (
        <PlaceLink key={place.to} place={place} />
      ))}
    </nav>
  );
}
