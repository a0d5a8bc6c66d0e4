import { useState } from "react";

export interface Selection {
  ids: ReadonlySet<string>;
  toggle: (id: string) => void;
  /** All of these, or none if all are chosen already. */
  toggleAll: (ids: readonly string[]) => void;
  clear: () => void;
}

/** Which of a list are chosen; what left the list is chosen no more. */
export function useSelection(present: readonly string[]): Selection {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const ids = new Set(present.filter((id) => chosen.has(id)));
  return {
    ids,
    toggle: (id) => {
      const next = new Set(ids);
      if (!next.delete(id)) next.add(id);
      setChosen(next);
    },
    toggleAll: (all) => setChosen(all.every((id) => ids.has(id)) ? new Set() : new Set(all)),
    clear: () => setChosen(new Set()),
  };
}
