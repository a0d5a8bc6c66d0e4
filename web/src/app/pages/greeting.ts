import type { Session } from "@/api/session";
import { t } from "@/ui/text/text";

/** A word of welcome that fits the hour. */
export function greeting(session: Session, hour: number): string {
  if (session.is !== "signedIn") return t("home.heading");
  const name = session.user.display_name || session.user.username;
  if (hour >= 4 && hour < 12) return t("home.headingMorning", { name });
  return t(hour >= 12 && hour < 18 ? "home.headingDay" : "home.headingEvening", { name });
}
