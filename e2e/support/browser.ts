import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { growEars } from "./sound.ts";
import { Watch } from "./watch.ts";

export const CHROMIUM = process.env.HATHOR_CHROMIUM ?? "/usr/bin/chromium";
export const FLAGS = [
  "--headless=new",
  "--no-sandbox",
  "--autoplay-policy=no-user-gesture-required",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
  "--disable-dev-shm-usage",
];

/** Sizes the app is looked at in. */
export const SCREENS = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const;
export type Screen = keyof typeof SCREENS;

/** How a visitor's browser is. */
export interface Habits {
  screen?: Screen;
  light?: "light" | "dark";
  realm?: "lapis" | "carnelian" | "sycamore";
}

/** Somebody with a browser of their own: cookies, storage, and a watch that notes every complaint. */
export class Visitor {
  readonly page: Page;
  readonly watch: Watch;
  readonly context: BrowserContext;

  private constructor(context: BrowserContext, page: Page, watch: Watch) {
    this.context = context;
    this.page = page;
    this.watch = watch;
  }

  /** Opens a browser window onto `url`. */
  static async arrive(
    browser: Browser,
    url: string,
    { screen = "desktop", light = "dark", realm = "lapis" }: Habits = {},
  ): Promise<Visitor> {
    const context = await browser.newContext({
      baseURL: url,
      viewport: SCREENS[screen],
      colorScheme: light,
      hasTouch: screen === "phone",
      reducedMotion: "reduce",
      locale: "en-GB",
    });
    context.setDefaultTimeout(15_000);
    await context.addInitScript((chosen) => {
      const kept = JSON.parse(localStorage.getItem("hathor.appearance") ?? "{}");
      localStorage.setItem("hathor.appearance", JSON.stringify({ mode: "system", ...kept, realm: chosen }));
    }, realm);
    await context.addInitScript(growEars);
    const page = await context.newPage();
    const watch = new Watch();
    await watch.over(page);
    return new Visitor(context, page, watch);
  }

  /** Leaves; complaints of the visit fail the story. */
  async leave(): Promise<void> {
    await this.context.close();
    this.watch.assertQuiet();
  }
}

/** A Chromium without a window. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
}
