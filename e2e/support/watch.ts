import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import type { Page as FirefoxPage } from "puppeteer-core";

/** What a browser says while a server is away. */
export const AWAY =
  /ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE|ERR_INCOMPLETE_CHUNKED_ENCODING|status of 503|ERR_INTERNET_DISCONNECTED|ERR_NETWORK_CHANGED/;

/** The page of something private says 404: a browser asks for it as nobody, and the app asks again as whoever is signed in. */
const PRIVATE_PAGE = /status of 404 .*\/(track|release|artist)\/[^)]*\)$/;

/** Notes everything a browser complains about: errors, console errors, breaches of the content policy. */
export class Watch {
  readonly #complaints: string[] = [];
  readonly #expected: RegExp[] = [PRIVATE_PAGE];

  /** Starts watching; to be awaited before the first page opens. */
  async over(page: Page): Promise<void> {
    page.on("pageerror", (error) => this.#note(`page error: ${error.message}`));
    page.on("console", (message) => {
      if (message.type() === "error") this.#note(`console: ${message.text()} (${message.location().url})`);
    });
    page.on("crash", () => this.#note("the page crashed"));
    await page.exposeFunction("noteBreach", (breach: string) => this.#note(`content policy: ${breach}`));
    await page.addInitScript(reportBreaches);
  }

  /** The same over a page of Firefox. */
  async overFirefox(page: FirefoxPage): Promise<void> {
    page.on("pageerror", (error) => this.#note(`page error: ${error}`));
    page.on("console", (message) => {
      if (message.type() === "error") this.#note(`console: ${message.text()} (${message.location().url})`);
    });
    await page.exposeFunction("noteBreach", (breach: string) => this.#note(`content policy: ${breach}`));
    await page.evaluateOnNewDocument(reportBreaches);
  }

  /** The story provokes complaints of this kind: a refused request is an error in every browser's console. */
  expect(...kinds: RegExp[]): void {
    this.#expected.push(...kinds);
  }

  /** Fails if there was any other complaint. */
  assertQuiet(): void {
    const surprises = this.#complaints.filter((complaint) => !this.#expected.some((kind) => kind.test(complaint)));
    assert.deepEqual(surprises, [], "the browser complained");
  }

  #note(complaint: string): void {
    this.#complaints.push(complaint);
  }
}

/** Runs in the page: tells of every breach of the content policy. */
function reportBreaches(): void {
  document.addEventListener("securitypolicyviolation", (event) => {
    const { noteBreach } = window as unknown as { noteBreach: (breach: string) => void };
    noteBreach(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`);
  });
}
