import { cloneElement, type ReactElement, type ReactNode, Suspense, useState } from "react";

interface Props {
  button: ReactElement<Record<string, unknown>>;
  /** Fetches what the menu is made of. */
  fetchMenu: () => Promise<unknown>;
  /** The menu with the same button, open from the start. */
  children: ReactNode;
}

/** A button whose menu is fetched when somebody is about to open it: the first paint does not wait for menus. */
export function LateMenu({ button, fetchMenu, children }: Props) {
  const [wanted, setWanted] = useState(false);
  const fetchSoon = () => void fetchMenu().catch(() => undefined);
  const closed = cloneElement(button, {
    "aria-haspopup": "menu",
    "aria-expanded": false,
    onPointerEnter: fetchSoon,
    onFocus: fetchSoon,
    onClick: () => setWanted(true),
  });
  return wanted ? <Suspense fallback={closed}>{children}</Suspense> : closed;
}
