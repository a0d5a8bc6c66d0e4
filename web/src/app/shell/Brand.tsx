import { Link } from "@tanstack/react-router";
import { Mark } from "@/ui/Mark";
import { t } from "@/ui/text/text";

/** The sistrum and the name; leads home. */
export function Brand() {
  return (
    <Link to="/" className="brand" activeProps={{}}>
      <Mark />
      <b className="display">{t("app.name")}</b>
    </Link>
  );
}
