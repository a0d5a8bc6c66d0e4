import { afterEach, describe, expect, it, vi } from "vitest";
import { currentToasts } from "@/ui/toast/toasts";
import { startWorker } from "./worker";

const ENTRY = "/assets/boot-now.js";
/** What is the same in every build. */
const UNCHANGED = "/assets/runtime.js";

/** A browser whose worker is about to be replaced by one that keeps `kept`. */
function browser(kept: string) {
  const coming = Object.assign(new EventTarget(), { state: "installing" });
  const registration = Object.assign(new EventTarget(), { installing: coming, update: async () => undefined });
  const register = vi.fn(async () => registration);
  vi.stubGlobal("navigator", { serviceWorker: { register } });
  const cache = { match: async () => new Response(kept) };
  vi.stubGlobal("caches", { keys: async () => ["hathor-1", "others", "hathor-2"], open: async () => cache });
  for (const address of [UNCHANGED, ENTRY]) {
    const script = Object.assign(document.createElement("script"), { type: "module" });
    script.setAttribute("src", address);
    document.head.append(script);
  }
  const replace = () => {
    registration.dispatchEvent(new Event("updatefound"));
    coming.state = "activated";
    coming.dispatchEvent(new Event("statechange"));
  };
  return { register, replace };
}

describe("the worker", () => {
  afterEach(() => {
    vi.unstubAllGlobals();
    for (const script of document.head.querySelectorAll("script")) script.remove();
  });

  it("tells a page of an older build that there is a newer one, and how to get it", async () => {
    const { register, replace } = browser(`<script src="${UNCHANGED}"></script><script src="/assets/boot-next.js">`);
    await startWorker();
    expect(register).toHaveBeenCalledWith("/sw.js", { scope: "/" });
    replace();
    await vi.waitFor(() => expect(currentToasts()).toMatchObject([{ sentence: "A newer Hathor is here.", deed: { label: "Load again" } }]));
  });

  it("leaves a page alone that is of the newest build already", async () => {
    const { replace } = browser(`<script src="${UNCHANGED}"></script><script src="${ENTRY}">`);
    await startWorker();
    replace();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(currentToasts()).toEqual([]);
  });
});
