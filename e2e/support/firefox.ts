import assert from "node:assert/strict";
import puppeteer, { type Browser, type ElementHandle, type Page } from "puppeteer-core";
import { isDrawn } from "./looks.ts";
import type { Person } from "./people.ts";
import { AUDIBLE_DBFS } from "./sound.ts";
import { Watch } from "./watch.ts";

const FIREFOX = process.env.HATHOR_FIREFOX ?? "/usr/bin/firefox-esr";
const PATIENCE_MS = 20_000;
/** As much of an original as is listened to. */
const PIECE_BYTES = 1_000_000;
/** As many parts of a stream. */
const PARTS = 3;

/** Somebody who comes with Firefox. */
export class FirefoxVisitor {
  readonly page: Page;
  readonly #browser: Browser;
  readonly #url: string;
  readonly #watch = new Watch();
  /** Addresses of sound that the player has asked for. */
  readonly #asked: string[] = [];

  private constructor(browser: Browser, page: Page, url: string) {
    this.#browser = browser;
    this.page = page;
    this.#url = url;
  }

  /** Opens a Firefox without a window. */
  static async arrive(url: string): Promise<FirefoxVisitor> {
    const browser = await puppeteer.launch({ browser: "firefox", executablePath: FIREFOX, headless: true });
    const page = await browser.newPage();
    const visitor = new FirefoxVisitor(browser, page, url);
    await visitor.#watch.overFirefox(page);
    page.on("request", (request) => void visitor.#asked.push(request.url()));
    page.setDefaultTimeout(PATIENCE_MS);
    // without a loudspeaker this browser gives up on any sound that is not turned down to nothing
    await page.evaluateOnNewDocument(() => {
      if (location.protocol === "http:" && !localStorage.getItem("hathor.player"))
        localStorage.setItem("hathor.player", JSON.stringify({ volume: 0 }));
    });
    await page.setViewport({ width: 1440, height: 900 });
    return visitor;
  }

  /** Closes the browser; complaints of the visit fail the story. */
  async leave(): Promise<void> {
    await this.#browser.close();
    this.#watch.assertQuiet();
  }

  async open(path: string): Promise<void> {
    await this.page.goto(this.#url + path);
  }

  /** Makes an account by the form and waits until the app knows them. */
  async signUp({ username, displayName, email, password }: Person): Promise<void> {
    await this.open("/register");
    const fields = { username, display_name: displayName, email, password };
    for (const [name, value] of Object.entries(fields)) await this.page.locator(`input[name="${name}"]`).fill(value);
    await this.press("Create account");
    await this.button(`${displayName}, account`);
  }

  /** A button of that name. */
  button(name: string, within = ""): Promise<ElementHandle<Element> | null> {
    return this.page.waitForSelector(`${within} ::-p-aria([name="${name}"][role="button"])`);
  }

  /** Presses a button. */
  async press(name: string, role = "button"): Promise<void> {
    await this.page.locator(`::-p-aria([name="${name}"][role="${role}"])`).click();
  }

  /** Waits until the player says that sound comes, and from where. */
  async untilPlaying(source: "hls" | "original"): Promise<void> {
    await this.page.waitForSelector(`.player[data-status="playing"][data-heard="${source}"]`);
  }

  /** Where the sound is, in seconds. */
  position(): Promise<number> {
    return this.page.$eval("audio", (audio) => audio.currentTime);
  }

  /** Fails unless time passes in the sound. */
  async assertAdvances(): Promise<void> {
    const before = await this.position();
    await this.page.waitForFunction((from) => (document.querySelector("audio")?.currentTime ?? 0) > from + 0.5, {}, before);
  }

  /** Half a minute on, by keyboard. */
  async leapAhead(): Promise<void> {
    const before = await this.position();
    const bar = await this.page.waitForSelector('::-p-aria([name="Seek"][role="slider"])');
    await bar?.press("PageUp");
    await this.page.waitForFunction((from) => (document.querySelector("audio")?.currentTime ?? 0) > from + 20, {}, before);
  }

  /** Waits until the waveform of the track that is shown is drawn. */
  async untilDrawn(): Promise<void> {
    await this.page.waitForFunction(isDrawn);
  }

  /** How loud the element is: here nothing turns it up or down behind it. */
  async volumeAt(percent: number): Promise<number> {
    await this.page.$eval(
      '.player input[type="range"][aria-label="Volume"]',
      (slider, percent) => {
        const range = slider as HTMLInputElement;
        Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set?.call(range, String(percent));
        range.dispatchEvent(new Event("input", { bubbles: true }));
      },
      percent,
    );
    return this.page.$eval("audio", (audio) => audio.volume);
  }

  /** Fails unless what the player fetched is sound: without a loudspeaker no graph runs here, so the bytes are decoded. */
  async assertAudible(source: "hls" | "original"): Promise<void> {
    const playlist = this.#asked.findLast((address) => /\.m3u8\?/.test(address) && !/master/.test(address));
    const address = source === "hls" ? playlist : await this.page.$eval("audio", (audio) => audio.currentSrc);
    if (!address) throw new Error(`no address of the ${source} sound: ${this.#asked.join(" ")}`);
    const level = await this.page.evaluate(levelOf, address, PIECE_BYTES, PARTS);
    assert.ok(level > AUDIBLE_DBFS, `heard ${level.toFixed(1)} dBFS from ${source}`);
  }
}

/** Runs in the page: RMS of the start of what stands at `address`, a file or the playlist of one, in dBFS. */
async function levelOf(address: string, most: number, parts: number): Promise<number> {
  let [file, end] = [address, most];
  if (address.includes(".m3u8")) {
    const playlist = await (await fetch(address)).text();
    const ranges = [...playlist.matchAll(/#EXT-X-BYTERANGE:(\d+)@(\d+)\n(.+)/g)];
    const [, length, from, name] = ranges[parts - 1] ?? [];
    file = new URL(name ?? "", address).href;
    end = Number(length) + Number(from);
  }
  const bytes = await (await fetch(file, { headers: { range: `bytes=0-${end - 1}` } })).arrayBuffer();
  const sound = await new OfflineAudioContext(2, 1, 44_100).decodeAudioData(bytes);
  const samples = sound.getChannelData(0);
  return 10 * Math.log10(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
}
