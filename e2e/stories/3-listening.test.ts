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

      await page.getByRole("slider", { name: "Seek", exact: true }).press("End");
      await page.getByRole("slider", { name: "Seek", exact: true }).press("PageDown");
      await page.waitForFunction(() => (document.querySelector("audio")?.currentTime ?? 0) > 55);
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

  it("asks for a new link when the old one is refused, and goes on at the same place", async () => {
    const { page, watch, leave } = await listener();
    watch.expect(/status of 403/);
    await page.goto(`${page.url()}?source=original`);
    await page.getByRole("button", { name: "Play Salt Hours" }).click();
    await untilPlaying(page, "original");
    await page.getByRole("slider", { name: "Seek", exact: true }).press("PageUp");
    await assertAdvances(page);
    const before = await position(page);
    const old = await page.locator("audio").evaluate((audio: HTMLAudioElement) => audio.src);
    await refuse(page, old);
    const minted = page.waitForResponse((response) => response.url().endsWith("/play") && response.ok());
    await page.locator("audio").evaluate((audio: HTMLAudioElement) => audio.load());
    await page.locator("audio").evaluate((audio: HTMLAudioElement) => audio.dispatchEvent(new Event("error")));
    await minted;
    await untilPlaying(page, "original");
    await assertAdvances(page);
    assert.notEqual(await page.locator("audio").evaluate((audio: HTMLAudioElement) => audio.src), old);
    assert.ok(Math.abs((await position(page)) - before) < 10);
    await leave();
  });

  it("renews the link of HLS before it dies, without a gap", async () => {
    const { page, leave } = await listener();
    const minted: string[] = [];
    await page.route("**/api/tracks/*/play", async (route) => {
      const response = await route.fetch();
      const grant = await response.json();
      minted.push(grant.hls_url);
      const dies = Date.now() + (minted.length === 1 ? 33_000 : 600_000);
      await route.fulfill({ response, json: { ...grant, expires_at: new Date(dies).toISOString() } });
    });
    await page.reload();
    await page.getByRole("button", { name: "Play Salt Hours" }).click();
    await untilPlaying(page, "hls");
    await page.waitForFunction(() => (document.querySelector("audio")?.currentTime ?? 0) > 5, undefined, { timeout: 20_000 });
    assert.ok(minted.length >= 2, "a second link was asked for");
    const last = new URL(minted.at(-1) ?? "", page.url()).searchParams.get("s") ?? "";
    const segment = page.waitForRequest((request) => request.url().includes(encodeURIComponent(last)) || request.url().includes(last));
    await page.getByRole("slider", { name: "Seek", exact: true }).press("End");
    await page.getByRole("slider", { name: "Seek", exact: true }).press("PageDown");
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

/** From now on the server refuses this very address, as it does when its time is over. */
async function refuse(page: Page, address: string): Promise<void> {
  await page.route(
    (url) => url.href === address,
    (route) => route.fulfill({ status: 403, contentType: "application/problem+json", json: { code: "bad_signature", status: 403 } }),
  );
}
