import { join } from "node:path";
import { before, describe, it } from "node:test";
import type { Page } from "playwright-core";
import { Maker } from "../support/api.ts";
import type { Habits } from "../support/browser.ts";
import { picture } from "../support/drops.ts";
import { assertAccessible, assertFits, assertTranslated, keepPicture, settle } from "../support/looks.ts";
import { aPerson, signIn } from "../support/people.ts";
import { untilPlaying } from "../support/sound.ts";
import { stage } from "../support/stage.ts";

const house = stage();
const nina = aPerson();
const LONG = "What the Gulls Said About the Harbour in the Year the Ferries Stopped, and Other Rumours from the Other Shore";
const TITLES = ["Letters to the Roof", LONG, "ساعات الملح", "夜のバス", "🌊🌊 Tide"];

/** A page as somebody sees it who has opened it. */
interface View {
  name: string;
  path: string;
  act?: (page: Page) => Promise<void>;
}

const INSIDE: View[] = [
  { name: "home", path: "/", act: play },
  {
    name: "music",
    path: "/music?tab=tracks",
    act: (page) => page.getByRole("main").getByRole("link", { name: TITLES[0] }).first().waitFor(),
  },
  { name: "upload", path: "/upload", act: (page) => page.getByRole("button", { name: "Choose files" }).waitFor() },
  { name: "release", path: "/release/slow-weather", act: (page) => page.getByRole("list", { name: "Tracks" }).waitFor() },
  { name: "artist", path: "/artist/tide-choir", act: (page) => page.getByRole("region", { name: "Albums" }).waitFor() },
  {
    name: "search",
    path: "/search?q=letters",
    act: (page) => page.getByRole("main").getByRole("link", { name: TITLES[0] }).first().waitFor(),
  },
  { name: "search-start", path: "/search", act: (page) => page.getByRole("heading", { name: /like to hear/ }).waitFor() },
  {
    name: "releases",
    path: "/releases",
    act: (page) => page.getByRole("main").getByRole("link", { name: "Slow Weather", exact: true }).waitFor(),
  },
  {
    name: "artists",
    path: "/artists",
    act: (page) => page.getByRole("main").getByRole("link", { name: "Tide Choir", exact: true }).waitFor(),
  },
  { name: "track", path: "/", act: openFirst },
  { name: "edit", path: "/music?tab=tracks", act: openEditor },
  { name: "menu", path: "/", act: openAppearance },
];
const OUTSIDE: View[] = [
  { name: "sign-in", path: "/login", act: (page) => page.getByRole("heading", { name: "Welcome back" }).waitFor() },
  { name: "sign-up", path: "/register", act: (page) => page.getByRole("heading", { name: "Come in" }).waitFor() },
  { name: "gate", path: "/music", act: (page) => page.getByRole("heading", { name: /once you sign in/ }).waitFor() },
  { name: "not-found", path: "/nowhere", act: (page) => page.getByRole("heading", { name: "Nothing stands here" }).waitFor() },
];
const WINDOWS: Habits[] = [
  { screen: "desktop", light: "dark" },
  { screen: "desktop", light: "light" },
  { screen: "phone", light: "dark" },
  { screen: "phone", light: "light" },
  { screen: "desktop", light: "light", realm: "carnelian" },
  { screen: "phone", light: "dark", realm: "sycamore" },
];

describe("looks", () => {
  before(async () => {
    const maker = await Maker.signUp(house.server.url, nina);
    const songs = await Promise.all(TITLES.map((title, i) => house.material.song(`${i}.flac`, { title, seconds: 12 })));
    const tracks = await maker.upload(...songs.map((path) => ({ path })));
    const cover = await maker.keepPicture(await picture(join(house.material.folder, "cover.png")));
    await maker.publish({
      title: "Slow Weather",
      kind: "album",
      artists: [{ name: "Tide Choir" }],
      visibility: "public",
      description: "Five songs recorded in a boathouse, with the doors open.",
      cover_id: cover.id,
      tracks: tracks.map(({ id }, i) => ({ id, track_number: i + 1 })),
    });
  });

  for (const window of WINDOWS) {
    const { screen, light, realm = "lapis" } = window;
    it(`keeps nobody out and nothing cut off: ${screen}, ${light}, ${realm}`, async () => {
      const stranger = await house.visitor(window);
      stranger.watch.expect(/status of 404/);
      for (const view of OUTSIDE) await look(stranger.page, view, `${screen}-${light}-${realm}`);
      await stranger.leave();

      const fan = await house.visitor(window);
      await signIn(fan.page, nina);
      for (const view of INSIDE) await look(fan.page, view, `${screen}-${light}-${realm}`);
      await fan.leave();
    });
  }

  for (const language of ["pseudo-long", "pseudo-rtl"]) {
    it(`holds in ${language}, with every word from the catalogue`, async () => {
      const stranger = await house.visitor({ screen: "phone" });
      for (const path of ["/", "/login", "/register", "/music"]) {
        await stranger.page.goto(`${path}?language=${language}`);
        await stranger.page.getByRole("heading", { level: 1 }).waitFor();
        await assertFits(stranger.page);
        if (language === "pseudo-long" && path !== "/") await assertTranslated(stranger.page);
        await keepPicture(stranger.page, `${language}/${path.slice(1) || "home"}`);
      }
      await stranger.leave();
    });
  }

  it("fits the narrowest phone", async () => {
    const fan = await house.visitor({ screen: "phone" });
    await signIn(fan.page, nina);
    await fan.page.setViewportSize({ width: 360, height: 740 });
    for (const { path, act } of INSIDE) {
      await fan.page.goto(path);
      await act?.(fan.page);
      await assertFits(fan.page);
    }
    await fan.leave();
  });
});

async function look(page: Page, { name, path, act }: View, folder: string): Promise<void> {
  await page.goto(path);
  await act?.(page);
  await settle(page);
  await keepPicture(page, `${folder}/${name}`);
  await assertFits(page);
  await assertAccessible(page);
}

async function play(page: Page): Promise<void> {
  await page
    .getByRole("main")
    .getByRole("button", { name: /^Play / })
    .first()
    .click();
  await untilPlaying(page);
}

async function openFirst(page: Page): Promise<void> {
  await page.getByRole("main").getByRole("link", { name: TITLES[0] }).first().click();
  await page.getByRole("heading", { level: 1, name: TITLES[0] }).waitFor();
}

async function openEditor(page: Page): Promise<void> {
  await page.getByRole("button", { name: `More about ${TITLES[0]}` }).click();
  await page.getByRole("menuitem", { name: "Edit" }).click();
  await page.getByRole("dialog").waitFor();
}

async function openAppearance(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Appearance" }).click();
  await page.getByRole("menu").waitFor();
}
