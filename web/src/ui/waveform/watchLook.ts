/** Calls `redraw` whenever size, realm, mode or the system's light change: a canvas does not follow CSS by itself. */
export function watchLook(canvas: HTMLCanvasElement, redraw: () => void): () => void {
  const size = new ResizeObserver(redraw);
  size.observe(canvas);
  const look = new MutationObserver(redraw);
  look.observe(document.documentElement, { attributeFilter: ["data-realm", "data-mode"] });
  const light = window.matchMedia("(prefers-color-scheme: dark)");
  light.addEventListener("change", redraw);
  return () => {
    size.disconnect();
    look.disconnect();
    light.removeEventListener("change", redraw);
  };
}
