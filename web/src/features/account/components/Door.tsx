import type { ReactNode } from "react";
import "@/ui/text/account";
import "@/ui/account.css";
import { Sky } from "./Sky";

interface Props {
  heading: string;
  lead?: ReactNode;
  children?: ReactNode;
}

/** A page of the way in: a few words, a few fields, and the sky beside them. */
export function Door({ heading, lead, children }: Props) {
  return (
    <div className="sign">
      <div className="door">
        <div>
          <h1 className="display">{heading}</h1>
          {lead && <p className="text-muted mt-2">{lead}</p>}
        </div>
        {children}
      </div>
      <Sky />
    </div>
  );
}
