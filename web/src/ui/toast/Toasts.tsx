import { useSyncExternalStore } from "react";
import { currentToasts, subscribeToasts } from "./toasts";

/** Where passing sentences appear; screen readers hear them politely. */
export function Toasts() {
  const toasts = useSyncExternalStore(subscribeToasts, currentToasts);
  return (
    <div className="toasts" role="status">
      {toasts.map((toast) => (
        <p key={toast.id} className="toast">
          {toast.sentence}
        </p>
      ))}
    </div>
  );
}
