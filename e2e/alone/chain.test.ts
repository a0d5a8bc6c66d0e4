import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Page } from "playwright-core";
import { dropOn } from "../support/drops.ts";
import { FirefoxVisitor } from "../support/firefox.ts";
import { keepPicture, untilDrawn } from "../support/looks.ts";
import { albumFolder } from "../support/material.ts";
import { aPerson, signUp } from "../support/people.ts";
import { assertAdvances, position, untilAudible, untilPlaying } from "../support/sound.ts";
import { stage } from "../support/stage.ts";

const house = stage();
const SONGS = 41;
const CLICKS = 3;
const LIVE_WITHIN_MS = 60_000;
/** Two cores make the streams of the whole album in about this time, and of its seventh song earlier. */
const STREAM_WITHIN_MS = 240_000;

describe("the unbroken chain", { skip: albumFolder() === undefined && "the album is not on this machine" }, () => {
  /** Where the album stands, and its seventh song. */
  let release = "";
  let seventh = { title: "", path: "" };

  it("takes a real album as a folder, and has it live in three clicks and within a minute of its last byte", async (story) => {
    const artist = await house.visitor();
    const { page } = artist;
    await signUp(page, aPerson("maren"));
    await page.goto("/upload");
    const clicks = await countClicks(page);
    const lastSent = timesOfUploads(page);
    await dropOn(page, page.getByText("Drop a folder or files here"), albumFolder() ?? "");
    await page.getByRole("listitem").filter({ hasText: "knolls.ogg" }).waitFor();
    await keepPicture(page, "chain/1-upload");
    await page.getByRole("link", { name: "Review release" }).click();
    await page.getByRole("button", { name: "Publish", exact: true }).click();

    const open = page.getByRole("link", { name: "Open release" });
    await open.waitFor({ timeout: 3 * LIVE_WITHIN_MS });
    await page.locator('[data-state="live"]').waitFor({ timeout: LIVE_WITHIN_MS });
    release = (await open.getAttribute("href")) ?? "";
    await keepPicture(page, "chain/2-published");
    assert.equal(await page.locator(".published").count(), 1, "one release");
    assert.ok((await clicks()) <= CLICKS, `${await clicks()} clicks`);

    const stranger = await house.visitor();
    await stranger.page.goto(release);
    await stranger.page
      .getByRole("button", { name: /^Play / })
      .first()
      .click();
    await untilPlaying(stranger.page);
    const took = Date.now() - lastSent();
    story.diagnostic(`heard by a stranger ${(took / 1000).toFixed(1)} s after the last byte`);
    assert.ok(took <= LIVE_WITHIN_MS, `${took} ms`);
    await stranger.leave();
    await artist.leave();
  });

  it("lets somebody new hear the seventh song after a restart: the original, then its stream, from wherever they like", async (story) => {
    await house.server.restart();
    const { page, leave } = await newcomer("iben");
    await page.goto(release);
    const rows = page.getByRole("main").getByRole("list", { name: "Tracks" }).getByRole("listitem");
    await rows.nth(SONGS - 1).waitFor();
    const link = rows.nth(6).getByRole("link").first();
    seventh = { title: (await link.textContent()) ?? "", path: (await link.getAttribute("href")) ?? "" };
    story.diagnostic(`the seventh song is ${seventh.title}`);
    await link.click();
    await page.getByRole("heading", { name: seventh.title, level: 1 }).waitFor();
    await page.goto(`${seventh.path}?source=original`);
    await page
      .getByRole("button", { name: `Play ${seventh.title}` })
      .first()
      .click();
    await assertHeard(page, "original");
    await keepPicture(page, "chain/3-original");
    // the stream may take longer than the song: it must not go on to another meanwhile
    await page.getByRole("region", { name: "Player" }).getByRole("button", { name: "Pause", exact: true }).click();

    const begun = Date.now();
    await untilStreamed(seventh.path);
    story.diagnostic(`the stream was there ${((Date.now() - begun) / 1000).toFixed(1)} s later`);
    await page.goto(`${seventh.path}?source=hls`);
    await page.getByRole("region", { name: "Player" }).getByRole("button", { name: "Play", exact: true }).click();
    await assertHeard(page, "hls");
    await untilDrawn(page);
    await keepPicture(page, "chain/4-stream");
    await leave();
  });

  describe("in Firefox", () => {
    let fox: FirefoxVisitor;

    before(async () => {
      fox = await FirefoxVisitor.arrive(house.server.url);
    });
    after(() => fox?.leave());

    it("sounds there as well, from both, and goes wherever it is sent", async () => {
      await fox.signUp(aPerson("runa"));
      await fox.open(`${seventh.path}?source=hls`);
      await fox.press(`Play ${seventh.title}`);
      await assertHeardInFirefox(fox, "hls");
      await fox.untilDrawn();
      await keepPicture(fox.page, "chain/5-firefox");
      await fox.press("Sound quality");
      await fox.press("Original file", "menuitemradio");
      await assertHeardInFirefox(fox, "original");
      await fox.press("Pause");
      const [quiet, loud] = [await fox.volumeAt(20), await fox.volumeAt(80)];
      assert.ok(quiet > 0 && loud > quiet, `its loudness went from ${quiet} to ${loud}`);
    });
  });
});

async function newcomer(name: string) {
  const visitor = await house.visitor();
  await signUp(visitor.page, aPerson(name));
  return { page: visitor.page, leave: () => visitor.leave() };
}

/** Counts what is clicked from now on, until the page is left. */
async function countClicks(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    Object.assign(window, { clicks: 0 });
    const count = ({ isTrusted }: Event) => isTrusted && Object.assign(window, { clicks: clicked() + 1 });
    const clicked = () => (window as unknown as { clicks: number }).clicks;
    window.addEventListener("click", count, true);
  });
  return () => page.evaluate(() => (window as unknown as { clicks: number }).clicks);
}

/** When the last of the files set out: its last byte follows within the second. */
function timesOfUploads(page: Page): () => number {
  const times: number[] = [];
  page.on("request", (request) => {
    if (request.method() === "POST" && request.url().endsWith("/api/uploads")) times.push(Date.now());
  });
  return () => {
    assert.equal(times.length, SONGS, "every song was sent once");
    return times.at(-1) ?? 0;
  };
}

async function untilStreamed(path: string): Promise<void> {
  const deadline = Date.now() + STREAM_WITHIN_MS;
  while (Date.now() < deadline) {
    const track = await (await fetch(`${house.server.url}/api/tracks/${path.split("/").at(-1)}`)).json();
    if (track.state === "ready") return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error(`${path} was not streamed within ${STREAM_WITHIN_MS} ms`);
}

/** Fails unless it sounds, goes on, and does so from another place as well. */
async function assertHeard(page: Page, source: "hls" | "original"): Promise<void> {
  await untilPlaying(page, source);
  await untilAudible(page);
  await assertAdvances(page);
  const before = await position(page);
  await page.getByRole("slider", { name: "Seek", exact: true }).press("PageUp");
  await page.waitForFunction((from) => (document.querySelector("audio")?.currentTime ?? 0) > from + 20, before);
  await untilPlaying(page, source);
  await assertAdvances(page);
  await untilAudible(page);
}

async function assertHeardInFirefox(fox: FirefoxVisitor, source: "hls" | "original"): Promise<void> {
  await fox.untilPlaying(source);
  await fox.assertAdvances();
  await fox.leapAhead();
  await fox.untilPlaying(source);
  await fox.assertAdvances();
  await fox.assertAudible(source);
}
