import type { ReactNode } from "react";
import { Icon } from "./Icon";
import type { IconName } from "./icons";

interface Props {
  icon: IconName;
  look?: "info" | "bad" | "warn";
  /** `alert` interrupts, `status` waits for a pause. */
  role?: "alert" | "status";
  className?: string;
  children: ReactNode;
}

/** A sentence that matters, on a soft ground. */
export function Note({ icon, look = "info", role, className = "", children }: Props) {
  return (
    <div className={`note ${look === "info" ? "" : `note-${look}`} ${className}`} role={role}>
      <Icon name={icon} />
      <div className="min-w-0">{children}</div>
    </div>
  );
}
