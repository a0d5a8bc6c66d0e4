import { useEffect } from "react";
import { t } from "./text/text";

/** Names the page in the tab. */
export function useTitle(page: string | undefined): void {
  useEffect(() => {
    document.title = page ? t("app.title", { page }) : t("app.name");
  }, [page]);
}
