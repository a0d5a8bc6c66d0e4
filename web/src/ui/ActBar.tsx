import type { ReactNode } from "react";
import "./steps.css";

interface Props {
  /** How things stand, in a few words. */
  title: string;
  hint?: string;
  children: ReactNode;
}

/** What can be done with everything on the page; it stays at the lower edge. */
export function ActBar({ title, hint, children }: Props) {
  return (
    <div className="actbar">
      <div role="status">
        <p className="font-medium">{title}</p>
        {hint && <p className="hint">{hint}</p>}
      </div>
      {children}
    </div>
  );
}
