import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import type { Page } from "playwright-core";
import { assertAccessible, assertFits, untilDrawn } from "../support/looks.ts";
import { cluster } from "../support/material.ts";
import { openTrack, untilReady, upload } from "../support/music.ts";
import { aPerson, type Person, signIn, signUp } from "../support/people.ts";
import { comeBackTo, ownTracks, playOn, type Track } from "../support/shelf.ts";
import { assertAdvances, assertAudible, heardUntil, loudness, placeOf, position, untilPlaying } from "../support/sound.ts";
import { stage } from "../support/stage.ts";

const house = stage();
const nina: Person = aPerson();
const LENGTH = 90;
/** Where the cluster is cut in two, in seconds. */
const CUT = 10 + 123 / 44_100;

describe("listening", () => {
  before(async () => {
    const artist = await house.visitor();
    await signUp(artist.page, nina);
    await upload(artist.page, await house.material.song("song.flac", { title: "Salt Hours", seconds: LENGTH }));
    await untilReady(artist.page, "song.flac");
    await upload(artist.page, ...(await house.material.cutCluster("Rise one.flac", "Rise two.flac", 10)));
    for (const name of ["Rise one.flac", "Rise two.flac"]) await untilReady(artist.page, name);
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
    await page.getByRole("button", { name: "Sound quality" }).click();
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
    await untilDrawn(page);
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
  for (const [quality, codec] of [
    ["high", "AAC"],
    ["saver", "Opus"],
  ] as const) {
    it(`joins two tracks of a release without a gap in ${codec}`, async () => {
      const { page, rise, leave } = await collector();
      await playOn(page, { tracks: rise, asRelease: true, positionMs: 6_000, settings: { quality } });
      await untilPlaying(page, "hls");
      const recording = await heardUntil(page, CUT + 0.4);
      const piece = 6_000;
      const last = recording.samples.length - piece;
      const before = placeOf(recording, 0, piece, cluster, CUT - 0.3);
      const after = placeOf(recording, last, piece, cluster, CUT + 0.3);
      const gapMs = (last / recording.rate - (after - before)) * 1000;
      assert.ok(Math.abs(gapMs) <= 1, `a gap of ${gapMs.toFixed(3)} ms`);
      await player(page).getByRole("link", { name: "Rise one 2" }).waitFor();
      await leave();
    });
  }

  it("asks for a new link in the middle of a joined track when the server refuses the old one", async () => {
    const { page, rise, watch, leave } = await collector();
    watch.expect(/status of 403/);
    const minted = await alterGrants(page, (grant, count) => (count > 1 ? grant : { ...grant, hls_url: spoilt(grant.hls_url) }));
    await playOn(page, { tracks: rise, asRelease: true });
    await untilPlaying(page, "hls");
    await assertAudible(page);
    assert.ok(minted() >= 2);
    await leave();
  });

  it("lets two tracks sound across each other", async () => {
    const { page, rise, leave } = await collector();
    await playOn(page, { tracks: rise, positionMs: 4_000, settings: { crossfadeS: 4 } });
    await player(page).getByRole("link", { name: "Rise one 2" }).waitFor();
    const [first, second] = await Promise.all([loudness(page, 0), loudness(page, 1)]);
    assert.ok(first > -40 && second > -40, `heard ${first.toFixed(1)} and ${second.toFixed(1)} dBFS`);
    await leave();
  });

  it("brings a recording to the common loudness, as it was measured", async () => {
    const { page, rise, leave } = await collector();
    const levels: number[] = [];
    for (const levelling of ["off", "track"]) {
      await playOn(page, { tracks: rise.slice(0, 1), settings: { levelling } });
      await untilPlaying(page);
      await page.waitForTimeout(300);
      levels.push(await loudness(page));
    }
    const gain = (levels[1] ?? 0) - (levels[0] ?? 0);
    const wanted = -16 - (rise[0]?.loudness?.integrated_lufs ?? 0);
    assert.ok(Math.abs(gain - wanted) < 0.5, `turned by ${gain.toFixed(2)} dB instead of ${wanted.toFixed(2)}`);
    await leave();
  });

  it("finds the queue, the place and the volume again after a reload, and waits to be asked", async () => {
    const { page, rise, leave } = await collector();
    await playOn(page, { tracks: rise });
    await untilPlaying(page);
    await page.getByRole("slider", { name: "Volume" }).fill("40");
    await page.keyboard.press("Tab");
    await page.waitForFunction(() => (document.querySelector("audio")?.currentTime ?? 0) > 2.2);
    await page.reload();
    await page.locator('.player[data-status="paused"]').waitFor();
    assert.equal(await page.getByTestId("position").textContent(), "0:02");
    assert.equal(await page.getByRole("slider", { name: "Volume" }).inputValue(), "40");
    await player(page).getByRole("button", { name: "Play", exact: true }).click();
    await untilPlaying(page);
    assert.ok((await position(page)) >= 2);
    await player(page).getByRole("button", { name: "Next", exact: true }).click();
    await player(page).getByRole("link", { name: "Rise one 2" }).waitFor();
    await leave();
  });

  it("tells the system what plays and obeys its keys", async () => {
    const { page, rise, leave } = await collector();
    await page.addInitScript(() => {
      const set = MediaSession.prototype.setActionHandler;
      const keys: Record<string, unknown> = {};
      Object.assign(window, { keys });
      MediaSession.prototype.setActionHandler = function (action, handler) {
        keys[action] = handler;
        return set.call(this, action, handler);
      };
    });
    await playOn(page, { tracks: rise, asRelease: true });
    await untilPlaying(page);
    const told = await page.evaluate(() => {
      const { title, artist, album } = navigator.mediaSession.metadata ?? {};
      return { title, artist, album, state: navigator.mediaSession.playbackState };
    });
    assert.deepEqual(told, { title: "Rise one 1", artist: "Tide Choir", album: "Rise", state: "playing" });
    await pressSystemKey(page, "seekto", { seekTime: 5 });
    await page.waitForFunction(() => (document.querySelector("audio")?.currentTime ?? 0) >= 5);
    await pressSystemKey(page, "nexttrack");
    await player(page).getByRole("link", { name: "Rise one 2" }).waitFor();
    await pressSystemKey(page, "pause");
    await page.locator('.player[data-status="paused"]').waitFor();
    await leave();
  });

  it("falls asleep when it was told to", async () => {
    const { page, song, leave } = await collector();
    await page.clock.install();
    await playOn(page, { tracks: song });
    await untilPlaying(page);
    await player(page).getByRole("button", { name: "Sleep timer" }).click();
    await page.getByRole("menuitem", { name: "15 minutes" }).click();
    await page.clock.fastForward("14:00");
    await player(page).getByRole("button", { name: "Sleep timer: 1 minute left" }).waitFor();
    await page.locator('.player[data-status="playing"]').waitFor();
    await page.clock.fastForward("01:30");
    await page.locator('.player[data-status="paused"]').waitFor();
    await leave();
  });

  it("shows the queue, and lets it be reordered, emptied and given back by keyboard alone", async () => {
    const { page, rise, song, leave } = await collector();
    await comeBackTo(page, { tracks: [...song, ...rise] });
    await player(page).waitFor();
    await page.keyboard.press("q");
    const queue = page.getByRole("complementary", { name: "Queue" });
    const order = () =>
      queue.locator("[data-part] .pick").evaluateAll((rows) => rows.map((row) => row.querySelector("[dir]")?.textContent));
    await queue.getByRole("button", { name: /^Play now: Rise one 1/ }).waitFor();
    assert.deepEqual(await order(), ["Rise one 1", "Rise one 2"]);
    await queue.getByRole("button", { name: /^Play now: Rise one 2/ }).focus();
    await page.keyboard.press("Alt+ArrowUp");
    assert.deepEqual(await order(), ["Rise one 2", "Rise one 1"]);
    assert.match(await page.evaluate(() => document.activeElement?.textContent ?? ""), /Rise one 2/);
    await page.keyboard.press("Alt+ArrowUp");
    await queue.getByRole("heading", { name: "Next, added by you" }).waitFor();
    await page.keyboard.press("Delete");
    assert.deepEqual(await order(), ["Rise one 1"]);
    await page.getByRole("button", { name: "Undo" }).press("Enter");
    assert.deepEqual(await order(), ["Rise one 2", "Rise one 1"]);
    await assertAccessible(page);
    await queue.getByRole("button", { name: /^Play now: Rise one 1/ }).press("Enter");
    await untilPlaying(page);
    await player(page).getByRole("link", { name: "Rise one 1" }).waitFor();
    await queue.getByRole("button", { name: "Close the queue" }).press("Enter");
    await queue.waitFor({ state: "detached" });
    await leave();
  });

  it("lets a track be dragged to another place of the queue", async () => {
    const { page, rise, song, leave } = await collector();
    await comeBackTo(page, { tracks: [...song, ...rise] });
    await player(page).getByRole("button", { name: "Queue" }).click();
    const rows = page.getByRole("complementary", { name: "Queue" }).locator("[data-key]");
    await rows.nth(1).hover();
    const handle = await rows.nth(1).locator(".drag-handle").boundingBox();
    const first = await rows.nth(0).boundingBox();
    assert.ok(handle && first);
    await page.mouse.move(handle.x + handle.width / 2, handle.y + handle.height / 2);
    await page.mouse.down();
    await page.mouse.move(first.x + 20, first.y + 4, { steps: 5 });
    await page.mouse.up();
    assert.match((await rows.nth(0).textContent()) ?? "", /Rise one 2/);
    await leave();
  });

  it("opens on a phone to a sheet that keeps nobody out", async () => {
    const visitor = await house.visitor({ screen: "phone" });
    await signIn(visitor.page, nina);
    await comeBackTo(visitor.page, { tracks: await ownTracks(visitor.page) });
    await visitor.page.getByRole("button", { name: /^Open the player:/ }).click();
    const sheet = visitor.page.getByRole("dialog");
    await sheet.getByRole("button", { name: "Play", exact: true }).click();
    await sheet.getByRole("button", { name: "Pause" }).waitFor();
    await assertAccessible(visitor.page);
    await assertFits(visitor.page);
    await sheet.getByRole("button", { name: "Close the player" }).click();
    await sheet.waitFor({ state: "detached" });
    await visitor.leave();
  });
});

/** Somebody with a cut sound and a song. */
async function collector() {
  const visitor = await house.visitor();
  await signIn(visitor.page, nina);
  const tracks = await ownTracks(visitor.page);
  const called = (start: string): Track[] => tracks.filter(({ title }) => title.startsWith(start));
  return { page: visitor.page, watch: visitor.watch, rise: called("Rise"), song: called("Salt"), leave: () => visitor.leave() };
}

function player(page: Page) {
  return page.getByRole("region", { name: "Player" });
}

/** A key of the keyboard, headset or lock screen, which no browser lets a test press. */
async function pressSystemKey(page: Page, action: string, details: object = {}): Promise<void> {
  await page.evaluate(
    ([action, details]) => {
      const { keys } = window as unknown as { keys: Record<string, (details: object) => void> };
      keys[action]?.({ action, ...details });
    },
    [action, details] as const,
  );
}

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
