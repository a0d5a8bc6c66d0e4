import type { ReactNode } from "react";
import { t } from "./text/text";

/** Skeletons with a word for those who do not see them. */
export function Loading({ children }: { children: ReactNode }) {
  return (
    <div aria-busy="true">
      <p className="sr-only" role="status">
        {t("app.loading")}
      </p>
      {children}
    </div>
  );
}
