import { useSyncExternalStore } from "react";
import { currentToasts, hush, subscribeToasts } from "./toasts";

/** Where passing sentences appear; screen readers hear them politely. */
export function Toasts() {
  const toasts = useSyncExternalStore(subscribeToasts, currentToasts);
  return (
    <div className="toasts" role="status">
      {toasts.map((toast) => (
        <div key={toast.id} className="toast">
          <p>{toast.sentence}</p>
          {toast.deed && (
            <button
              type="button"
              className="toast-deed"
              onClick={() => {
                toast.deed?.act();
                hush(toast.id);
              }}
            >
              {toast.deed.label}
            </button>
          )}
        </div>
      ))}
    </div>
  );
}
