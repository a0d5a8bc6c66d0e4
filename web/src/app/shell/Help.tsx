import { lazy, Suspense, useCallback, useSyncExternalStore } from "react";
import { help } from "./helpStore";
import { useShellKeys } from "./useShellKeys";

const ShortcutSheet = lazy(() => import("./ShortcutSheet"));

/** The keys of the shell, and the list of all keys while it is open. */
export function Help() {
  const open = useSyncExternalStore(help.subscribe, help.get);
  useShellKeys(useCallback(() => help.set(true), []));
  return <Suspense>{open && <ShortcutSheet onClose={() => help.set(false)} />}</Suspense>;
}
