/** What takes keys for itself. */
const TAKES_KEYS =
  "input, textarea, select, [contenteditable], [role=slider], [role=menu], [role=listbox], [role=radiogroup], [role=tablist]";
/** What Space presses. */
const TAKES_SPACE = "button, a, summary, [role=button], [role=dialog]";

/** Whether nothing else wants the key. Shift only counts where it makes a letter: `?` needs it on most keyboards. */
export function isFree(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return false;
  if (event.shiftKey && !/^[/?]$/.test(event.key)) return false;
  const on = event.target instanceof Element ? event.target : document.body;
  return !on.closest(event.key === " " ? `${TAKES_KEYS}, ${TAKES_SPACE}` : TAKES_KEYS);
}
