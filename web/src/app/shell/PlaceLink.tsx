import { Link } from "@tanstack/react-router";
import { Icon } from "@/ui/Icon";
import { t } from "@/ui/text/text";
import type { Place } from "./places";

/** One place of the main navigation; the tip helps where only the sign is shown. */
export function PlaceLink({ place }: { place: Place }) {
  return (
    <Link
      to={place.to}
      title={t(place.name)}
      activeProps={{ "aria-current": "page" }}
      activeOptions={{ exact: place.to === "/", includeSearch: false }}
    >
      <Icon name={place.icon} />
      <span>{t(place.name)}</span>
    </Link>
  );
}
