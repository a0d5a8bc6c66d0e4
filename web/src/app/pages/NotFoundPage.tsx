import { Link } from "@tanstack/react-router";
import { SistrumState } from "@/ui/SistrumState";
import { t } from "@/ui/text/text";
import { useTitle } from "@/ui/useTitle";

/** An address of nothing. */
export function NotFoundPage() {
  useTitle(t("state.notFound.title"));
  return (
    <SistrumState figure="broken" heading={t("state.notFound.heading")} text={t("state.notFound.text")}>
      <div className="acts">
        <Link to="/" className="btn btn-accent">
          {t("state.home")}
        </Link>
      </div>
    </SistrumState>
  );
}
