import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import type { Page } from "playwright-core";
import { openTrack, untilReady, upload } from "../support/music.ts";
import { aPerson, type Person, signIn, signUp } from "../support/people.ts";
import { assertAdvances, assertAudible, position, untilPlaying } from "../support/sound.ts";
import { stage } from "../support/stage.ts";

const house = stage();
const nina: Person = aPerson();
const LENGTH = 90;

describe("listening", () => {
  before(async () => {
    const artist = await house.visitor();
    await signUp(artist.page, nina);
    await upload(artist.page, await house.material.song("song.flac", { title: "Salt Hours", seconds: LENGTH }));
    await untilReady(artist.page, "song.flac");
    await artist.leave();
  });

  for (const source of ["original", "hls"] as const) {
    it(`hears the ${source} sound itself, sees it advance, and seeks in it`, async () => {
      const { page, leave } = await listener();
      await page.goto(`${page.url()}?source=${source}`);
      await page.getByRole("button", { name: "Play Salt Hours" }).click();
      await untilPlaying(page, source);
      await assertAudible(page);
      await assertAdvances(page);

      await leapAhead(page);
      await untilPlaying(page, source);
      await assertAdvances(page);
      await assertAudible(page);
      assert.equal(await page.locator("audio").evaluate((audio: HTMLAudioElement) => audio.src.startsWith("blob:")), source === "hls");
      await leave();
    });
  }

  it("changes the source by the menu and goes on at the same place", async () => {
    const { page, leave } = await listener();
    await page.getByRole("button", { name: "Play Salt Hours" }).click();
    await untilPlaying(page, "hls");
    await page.getByRole("slider", { name: "Seek", exact: true }).press("PageUp");
    await assertAdvances(page);
    await page.getByRole("button", { name: "Sound source" }).click();
    await page.getByRole("menuitemradio", { name: "Original file" }).click();
    await untilPlaying(page, "original");
    assert.ok((await position(page)) > 28);
    await assertAdvances(page);
    await leave();
  });

  it("goes on sounding while one walks around", async () => {
    const { page, leave } = await listener();
    await page.getByRole("button", { name: "Play Salt Hours" }).click();
    await untilPlaying(page);
    for (const place of ["Home", "My music", "Upload"]) {
      await page.getByRole("link", { name: place, exact: true }).first().click();
      await assertAdvances(page);
    }
    await assertAudible(page);
    await page.getByRole("region", { name: "Player" }).getByRole("button", { name: "Pause" }).click();
    await page.locator('.player[data-status="paused"]').waitFor();
    await page.getByRole("region", { name: "Player" }).getByRole("link", { name: "Salt Hours" }).click();
    await page.getByRole("heading", { name: "Salt Hours", level: 1 }).waitFor();
    await leave();
  });

  it("starts where the waveform is pressed", async () => {
    const { page, leave } = await listener();
    const wave = page.getByRole("slider", { name: "Waveform of Salt Hours: seek" });
    const box = await wave.boundingBox();
    assert.ok(box);
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    await untilPlaying(page);
    const at = await position(page);
    assert.ok(Math.abs(at - LENGTH / 2) < 5, `at ${at}`);
    await leave();
  });

  it("draws the shape that the server measured", async () => {
    const { page, leave } = await listener();
    await page.waitForFunction(() => {
      const canvas = document.querySelector<HTMLCanvasElement>(".lake canvas");
      const pixels = canvas?.getContext("2d")?.getImageData(0, 0, canvas.width, Math.floor(canvas.height * 0.5)).data;
      return pixels?.some((value, i) => i % 4 === 3 && value > 0) ?? false;
    });
    await leave();
  });

  for (const source of ["original", "hls"] as const) {
    it(`asks for a new link when the server refuses the ${source} one`, async () => {
      const { page, watch, leave } = await listener();
      watch.expect(/status of 403/);
      const minted = await alterGrants(page, (grant, count) => {
        if (count > 1) return grant;
        return { ...grant, url: spoilt(grant.url), hls_url: spoilt(grant.hls_url), peaks_url: null };
      });
      await page.goto(`${page.url()}?source=${source}`);
      await page.getByRole("button", { name: "Play Salt Hours" }).click();
      await untilPlaying(page, source);
      await assertAudible(page);
      assert.ok(minted() >= 2);
      await leave();
    });
  }

  it("goes on at the same place with a new link when it was paused for longer than the old one lives", async () => {
    const { page, leave } = await listener();
    const minted = await alterGrants(page, (grant, count) => ({ ...grant, expires_at: soon(count === 1 ? 22_000 : 600_000) }));
    await page.goto(`${page.url()}?source=original`);
    await page.getByRole("button", { name: "Play Salt Hours" }).click();
    await untilPlaying(page, "original");
    await leapAhead(page);
    await page.getByRole("region", { name: "Player" }).getByRole("button", { name: "Pause" }).click();
    const held = await position(page);
    await page.waitForTimeout(22_000);
    await page.getByRole("region", { name: "Player" }).getByRole("button", { name: "Play" }).click();
    await untilPlaying(page, "original");
    assert.ok(minted() >= 2, "a second link was asked for");
    assert.ok(Math.abs((await position(page)) - held) < 3);
    await assertAdvances(page);
    await leave();
  });

  it("renews the link of HLS before it dies, without a gap", async () => {
    const { page, leave } = await listener();
    let newest = "";
    const minted = await alterGrants(page, (grant, count) => {
      newest = new URL(grant.hls_url, page.url()).searchParams.get("s") ?? "";
      return { ...grant, expires_at: soon(count === 1 ? 33_000 : 600_000) };
    });
    await page.reload();
    await page.getByRole("button", { name: "Play Salt Hours" }).click();
    await untilPlaying(page, "hls");
    await page.waitForFunction(() => (document.querySelector("audio")?.currentTime ?? 0) > 5, undefined, { timeout: 20_000 });
    assert.ok(minted() >= 2, "a second link was asked for");
    const segment = page.waitForRequest((request) => new URL(request.url()).searchParams.get("s") === newest);
    await leapAhead(page);
    await segment;
    await untilPlaying(page, "hls");
    await leave();
  });

  it("tells when the sound does not arrive, and plays when asked again", async () => {
    const { page, watch, leave } = await listener();
    watch.expect(/status of 503/);
    await page.route("**/api/tracks/*/play", (route) =>
      route.fulfill({
        status: 503,
        contentType: "application/problem+json",
        json: { code: "busy", title: "the server has too much to do", status: 503, request_id: "r" },
      }),
    );
    await page.getByRole("region", { name: "Player" }).waitFor({ state: "detached" });
    await page.evaluate(() => sessionStorage.clear());
    await page.reload();
    await page.getByRole("button", { name: "Play Salt Hours" }).click();
    await page.getByRole("alert").getByText("The server has too much to do.").waitFor();
    await page.unroute("**/api/tracks/*/play");
    await page.getByRole("alert").getByRole("button", { name: "Try again" }).click();
    await untilPlaying(page);
    await leave();
  });
});

async function listener() {
  const visitor = await house.visitor();
  await signIn(visitor.page, nina);
  await openTrack(visitor.page, "Salt Hours");
  return { page: visitor.page, watch: visitor.watch, leave: () => visitor.leave() };
}

/** What `POST /play` answers, as far as these stories care. */
interface Grant {
  url: string;
  hls_url: string;
  peaks_url: string | null;
  expires_at: string;
}

/** Changes what the server answers when a link is asked for; tells how often one was. */
async function alterGrants(page: Page, change: (grant: Grant, count: number) => Grant): Promise<() => number> {
  let count = 0;
  await page.route("**/api/tracks/*/play", async (route) => {
    const response = await route.fetch();
    count += 1;
    await route.fulfill({ response, json: change(await response.json(), count) });
  });
  return () => count;
}

/** The same address with a signature that is not the server's. */
function spoilt(address: string): string {
  return address.replace(/(?<=[?&]s=.{20})./, (letter) => (letter === "A" ? "B" : "A"));
}

function soon(ms: number): string {
  return new Date(Date.now() + ms).toISOString();
}

/** A minute on, by keyboard, beyond what is buffered. */
async function leapAhead(page: Page): Promise<void> {
  const bar = page.getByRole("slider", { name: "Seek", exact: true });
  await bar.press("PageUp");
  await bar.press("PageUp");
  await page.waitForFunction(() => (document.querySelector("audio")?.currentTime ?? 0) > 55);
}
