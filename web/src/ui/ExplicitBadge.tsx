import { t } from "./text/text";

/** One letter that warns of the words. */
export function ExplicitBadge() {
  return (
    <span className="badge badge-e" title={t("track.explicit")} role="img" aria-label={t("track.explicit")}>
      {t("track.explicitLetter")}
    </span>
  );
}
