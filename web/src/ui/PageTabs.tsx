import type { ReactNode } from "react";

interface Props {
  name: string;
  /** Links to the parts; the one that is shown carries `aria-current`. */
  children: ReactNode;
}

/** The parts of a page, each with an address of its own. */
export function PageTabs({ name, children }: Props) {
  return (
    <nav className="page-tabs" aria-label={name}>
      {children}
    </nav>
  );
}
