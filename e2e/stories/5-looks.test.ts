import { before, describe, it } from "node:test";
import type { Page } from "playwright-core";
import type { Habits } from "../support/browser.ts";
import { assertAccessible, assertFits, assertTranslated, keepPicture, settle } from "../support/looks.ts";
import { makePublic, untilReady, upload } from "../support/music.ts";
import { aPerson, signIn, signUp } from "../support/people.ts";
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
  { name: "music", path: "/music", act: (page) => page.getByRole("link", { name: TITLES[0] }).waitFor() },
  { name: "upload", path: "/upload", act: (page) => page.getByRole("button", { name: "Choose files" }).waitFor() },
  { name: "track", path: "/", act: openFirst },
  { name: "edit", path: "/music", act: openEditor },
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
    const artist = await house.visitor();
    await signUp(artist.page, nina);
    const songs = TITLES.map((title, i) => house.material.song(`${i}.flac`, { title, seconds: 12 }));
    await upload(artist.page, ...(await Promise.all(songs)));
    for (const i of TITLES.keys()) await untilReady(artist.page, `${i}.flac`);
    for (const title of TITLES) await makePublic(artist.page, title);
    await artist.leave();
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
  await page.getByRole("link", { name: TITLES[0] }).first().click();
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
