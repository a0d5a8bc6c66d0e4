import { useSyncExternalStore } from "react";
import { Note } from "@/ui/Note";
import { t } from "@/ui/text/text";

/** Says that the connection is gone, for as long as it is. */
export function OfflineNote() {
  const online = useSyncExternalStore(subscribe, () => navigator.onLine);
  if (online) return null;
  return (
    <Note icon="wifiOff" look="warn" role="status" className="offline">
      {t("app.offline")}
    </Note>
  );
}

function subscribe(listener: () => void): () => void {
  window.addEventListener("online", listener);
  window.addEventListener("offline", listener);
  return () => {
    window.removeEventListener("online", listener);
    window.removeEventListener("offline", listener);
  };
}
