import { type ReactNode, useEffect, useRef } from "react";

interface Props {
  name: string;
  /** Links to the parts; the one that is shown carries `aria-current`. */
  children: ReactNode;
}

/** The parts of a page, each with an address of its own. Where they do not all fit, the one that is shown is in sight. */
export function PageTabs({ name, children }: Props) {
  const tabs = useRef<HTMLElement>(null);
  useEffect(() => {
    tabs.current?.querySelector("[aria-current]")?.scrollIntoView?.({ inline: "nearest", block: "nearest" });
  });
  return (
    <nav className="page-tabs" aria-label={name} ref={tabs}>
      {children}
    </nav>
  );
}
