import { Link, useLocation } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useSession } from "@/features/account/useSession";
import { SistrumState } from "@/ui/SistrumState";
import { t } from "@/ui/text/text";
import { RowsSkeleton } from "./RowsSkeleton";

/** Lets signed-in people through and tells the others where the door is. */
export function Gate({ children }: { children: ReactNode }) {
  const session = useSession();
  const next = useLocation({ select: ({ pathname, searchStr }) => pathname + searchStr });
  if (session.is === "signedIn") return children;
  if (session.is === "unknown") return <RowsSkeleton />;
  return (
    <SistrumState figure="empty" heading={t("gate.heading")} text={t("gate.text")}>
      <div className="acts">
        <Link to="/login" search={{ next }} className="btn btn-accent">
          {t("nav.signIn")}
        </Link>
        <Link to="/register" search={{ next }} className="btn btn-plain">
          {t("nav.signUp")}
        </Link>
      </div>
    </SistrumState>
  );
}
