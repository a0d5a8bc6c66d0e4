import { useSyncExternalStore } from "react";
import { currentSession, type Session, subscribeSession } from "@/api/session";

/** Who uses this page. */
export function useSession(): Session {
  return useSyncExternalStore(subscribeSession, currentSession);
}
