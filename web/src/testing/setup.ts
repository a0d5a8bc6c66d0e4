import { cleanup } from "@testing-library/react";
import { afterEach } from "vitest";
import "@/ui/text/admin";
import "@/ui/text/studio";
import { setUpClient } from "@/api/client";
import { currentToasts, hush } from "@/ui/toast/toasts";

setUpClient("http://localhost");

class NoObserver {
  observe() {}
  unobserve() {}
  disconnect() {}
}

/** jsdom has no layout, no media and no sound: what the app asks of them is answered with "nothing there". */
Object.assign(globalThis, { ResizeObserver: NoObserver });
window.matchMedia ??= (query) =>
  ({ matches: false, media: query, addEventListener() {}, removeEventListener() {} }) as unknown as MediaQueryList;
HTMLCanvasElement.prototype.getContext = () => null;
window.scrollTo = () => undefined;
Element.prototype.scrollTo = () => undefined;

afterEach(() => {
  cleanup();
  for (const { id } of currentToasts()) hush(id);
  localStorage.clear();
});
