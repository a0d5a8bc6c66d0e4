import { Link } from "@tanstack/react-router";
import { Icon } from "@/ui/Icon";
import { t } from "@/ui/text/text";
import type { PLACES } from "./places";

/** One place of the main navigation. */
export function PlaceLink({ place }: { place: (typeof PLACES)[number] }) {
  return (
    <Link to={place.to} activeProps={{ "aria-current": "page" }} activeOptions={{ exact: place.to === "/" }}>
      <Icon name={place.icon} />
      <span>{t(place.name)}</span>
    </Link>
  );
}
