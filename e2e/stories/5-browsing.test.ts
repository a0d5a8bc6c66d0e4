import assert from "node:assert/strict";
import { join } from "node:path";
import { before, describe, it } from "node:test";
import { Maker } from "../support/api.ts";
import { picture } from "../support/drops.ts";
import { aPerson, signUp } from "../support/people.ts";
import { assertAdvances, position, untilPlaying } from "../support/sound.ts";
import { stage } from "../support/stage.ts";

const house = stage();
const TITLES = ["Low Water", "Undertow Hymn", "Green Bottles", "Breakwater"];

describe("browsing", () => {
  let maker: Maker;

  before(async () => {
    maker = await Maker.signUp(house.server.url, aPerson("maren"));
    const songs = await Promise.all(TITLES.map((title, i) => house.material.song(`${i}.flac`, { title, seconds: 20 })));
    const tracks = await maker.upload(...songs.map((path) => ({ path })));
    const cover = await maker.keepPicture(await picture(join(house.material.folder, "cover.png")));
    await maker.publish({
      title: "Salt Hours",
      kind: "album",
      artists: [{ name: "Tide Choir" }],
      visibility: "public",
      description: "Four songs recorded in a boathouse.",
      cover_id: cover.id,
      tracks: tracks.map(({ id }, i) => ({ id, track_number: i + 1 })),
    });
    const [hidden] = await maker.upload({ path: await house.material.song("9.flac", { title: "Unheard", seconds: 5 }) });
    await maker.publish({
      title: "Not Yet",
      kind: "single",
      artists: [{ name: "Tide Choir" }],
      visibility: "private",
      tracks: [{ id: hidden?.id ?? "" }],
    });
  });

  it("goes from home to a release, plays its third track, and the sound follows to the artist and into a search", async () => {
    const stranger = await house.visitor();
    const { page } = stranger;
    await page.goto("/");
    await page.getByRole("main").getByRole("link", { name: "Salt Hours" }).first().click();
    await page.getByRole("heading", { name: "Salt Hours", level: 1 }).waitFor();
    const tracks = page.getByRole("list", { name: "Tracks" });
    assert.equal(await tracks.getByRole("listitem").count(), TITLES.length);
    await tracks.getByRole("button", { name: "Play Green Bottles" }).click();
    await untilPlaying(page);
    await assertAdvances(page);

    await page.getByRole("main").getByRole("link", { name: "Tide Choir" }).first().click();
    await page.getByRole("heading", { name: "Tide Choir", level: 1 }).waitFor();
    await page.getByRole("region", { name: "Albums" }).getByRole("link", { name: "Salt Hours" }).waitFor();
    const before = await position(page);

    await page.getByRole("banner").getByLabel("Search").fill("green bot");
    await page.keyboard.press("Enter");
    await page.getByRole("main").getByRole("button", { name: "Pause Green Bottles" }).waitFor();
    await page.getByRole("main").getByRole("textbox", { name: "Search" }).fill("tide");
    await page.getByRole("region", { name: "Artists" }).getByRole("link", { name: "Tide Choir" }).waitFor();
    await untilPlaying(page);
    assert.ok((await position(page)) > before, "the sound went on");
    await stranger.leave();
  });

  it("is walked by the keyboard alone: a release from its shelf, a row from row to row", async () => {
    const stranger = await house.visitor();
    const { page } = stranger;
    await page.goto("/releases");
    await page.getByRole("link", { name: "Salt Hours" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Play Low Water" }).focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.getByRole("main").getByRole("button", { name: "Pause Green Bottles" }).waitFor();
    await untilPlaying(page);
    await stranger.leave();
  });

  it("begins where a shared moment begins", async () => {
    const stranger = await house.visitor();
    const { page } = stranger;
    await page.goto("/release/salt-hours");
    await page.getByRole("link", { name: "Breakwater" }).click();
    await page.getByRole("heading", { name: "Breakwater", level: 1 }).waitFor();
    await page.goto(`${new URL(page.url()).pathname}?t=12`);
    await page.getByRole("main").getByRole("button", { name: "Play Breakwater" }).first().click();
    await untilPlaying(page);
    assert.ok((await position(page)) >= 12);
    await stranger.leave();
  });

  it("keeps what is private to itself: its address and an address of nothing look alike", async () => {
    const stranger = await house.visitor();
    const { page } = stranger;
    stranger.watch.expect(/status of 404/);
    for (const path of ["/release/not-yet", "/release/never-was", "/artist/nobody"]) {
      await page.goto(path);
      await page.getByRole("heading", { name: "Nothing stands here" }).waitFor();
    }
    await page.goto("/search?q=unheard");
    await page.getByRole("heading", { name: "Nothing is called “unheard”" }).waitFor();
    await stranger.leave();
  });

  it("shows what was heard last to whoever heard it", async () => {
    const listener = await house.visitor();
    const { page } = listener;
    await signUp(page, aPerson("lio"));
    await page.goto("/release/salt-hours");
    await page.getByRole("button", { name: "Play Undertow Hymn" }).click();
    await untilPlaying(page);
    // half of twenty seconds counts as heard
    await page.waitForFunction(() => (document.querySelector("audio")?.currentTime ?? 0) > 11);
    await page.goto("/");
    await page.getByRole("region", { name: "Recently played" }).getByRole("link", { name: "Undertow Hymn" }).waitFor();
    await listener.leave();
  });

  it("leads from an artist's former address to the present one", async () => {
    await maker.moveArtist("tide-choir", "the-tide-choir");
    const stranger = await house.visitor();
    const { page } = stranger;
    await page.goto("/artist/tide-choir");
    await page.getByRole("heading", { name: "Tide Choir", level: 1 }).waitFor();
    await page.waitForURL("**/artist/the-tide-choir");
    await stranger.leave();
  });
});
