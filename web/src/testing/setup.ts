import { cleanup } from "@testing-library/react";
import { afterAll, afterEach } from "vitest";
import "@/ui/text/admin";
import "@/ui/text/studio";
import { setUpClient } from "@/api/client";
import { endSession } from "@/api/session";
import { currentToasts, hush } from "@/ui/toast/toasts";
import { serve } from "./server";

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

/** All files share one page: nobody stays signed in for the stories of the next. */
afterAll(async () => {
  serve({ "POST /api/auth/logout": () => ({ status: 204 }) });
  await endSession();
});
