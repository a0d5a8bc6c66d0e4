import { type ReactNode, useId } from "react";
import "./account.css";

interface Props {
  heading: string;
  text?: string;
  children: ReactNode;
}

/** One subject of a settings page: what it is about on one side, what can be done on the other. */
export function Section({ heading, text, children }: Props) {
  const id = useId();
  return (
    <section className="set" aria-labelledby={id}>
      <div>
        <h2 id={id}>{heading}</h2>
        {text && <p className="text-muted text-sm mt-1">{text}</p>}
      </div>
      <div className="set-body">{children}</div>
    </section>
  );
}
