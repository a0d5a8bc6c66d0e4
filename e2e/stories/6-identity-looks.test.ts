import { before, describe, it } from "node:test";
import type { Page } from "playwright-core";
import { Maker } from "../support/api.ts";
import type { Habits } from "../support/browser.ts";
import { assertAccessible, assertFits, assertTranslated, keepPicture, settle } from "../support/looks.ts";
import { aPerson, signIn } from "../support/people.ts";
import { stage } from "../support/stage.ts";

const house = stage({ HATHOR_AUTH__VERIFY_EMAIL: "always", HATHOR_AUTH__MINIMUM_AGE: "0" });
const noor = aPerson("noor");

interface View {
  name: string;
  path: string;
  act: (page: Page) => Promise<void>;
}

const heading = (name: string | RegExp) => (page: Page) => page.getByRole("heading", { name }).first().waitFor();
const OUTSIDE: View[] = [
  { name: "wrong-password", path: "/login", act: typeWrongPassword },
  { name: "sign-up-judged", path: "/register", act: typeBadly },
  { name: "invite", path: "/invite/never-given", act: heading("Come in") },
  { name: "forgot", path: "/forgot", act: heading("A new way in") },
  { name: "reset", path: "/reset-password#token=x", act: heading("Choose a new password") },
  { name: "spent-link", path: "/verify-email#token=x", act: heading(/does not work any more/) },
  { name: "confirm", path: "/confirm-email#token=x", act: heading("Move to another address?") },
  { name: "welcome-gone", path: "/welcome", act: heading("Begin at the door") },
  { name: "person", path: `/user/${noor.username}`, act: heading(noor.displayName) },
];
const INSIDE: View[] = [
  { name: "verify", path: "/verify-email", act: heading("Look into your mail") },
  { name: "profile", path: "/settings?tab=profile", act: heading("About you") },
  { name: "security", path: "/settings?tab=security", act: (page) => page.getByText("This device").waitFor() },
  { name: "totp", path: "/settings?tab=security", act: openTotp },
  { name: "apps", path: "/settings?tab=apps", act: (page) => page.getByText("No app has").waitFor() },
  { name: "new-app", path: "/settings?tab=apps", act: openNewApp },
  { name: "invites", path: "/settings?tab=invites", act: heading(/Invitations/) },
  { name: "notifications", path: "/settings?tab=notifications", act: heading("Nothing to choose yet") },
  { name: "admin", path: "/admin", act: heading(/Administration|Not yours to open/) },
];
const WINDOWS: Habits[] = [
  { screen: "desktop", light: "dark" },
  { screen: "desktop", light: "light", realm: "carnelian" },
  { screen: "phone", light: "light" },
  { screen: "phone", light: "dark", realm: "sycamore" },
];

describe("looks of identity", () => {
  before(async () => {
    await Maker.signUp(house.server.url, noor);
  });

  for (const window of WINDOWS) {
    const { screen, light, realm = "lapis" } = window;
    it(`keep nobody out and cut nothing off: ${screen}, ${light}, ${realm}`, async () => {
      const stranger = await house.visitor(window);
      stranger.watch.expect(/status of (401|404|410|422)/);
      for (const view of OUTSIDE) await look(stranger.page, view, `${screen}-${light}-${realm}`);
      await stranger.leave();

      const member = await house.visitor(window);
      member.watch.expect(/status of (403|404)/);
      await signIn(member.page, noor);
      for (const view of INSIDE) await look(member.page, view, `${screen}-${light}-${realm}`);
      await member.leave();
    });
  }

  it("hold in the long language, with every word from the catalogue, and on the narrowest phone", async () => {
    const stranger = await house.visitor({ screen: "phone" });
    stranger.watch.expect(/status of (401|404|410|422)/);
    await stranger.page.setViewportSize({ width: 360, height: 740 });
    for (const path of [
      "/forgot",
      "/reset-password?language=pseudo-long#token=x",
      "/confirm-email?language=pseudo-long#token=x",
      "/login",
      "/register",
    ]) {
      await stranger.page.goto(path.includes("?") ? path : `${path}?language=pseudo-long`);
      await stranger.page.getByRole("heading", { level: 1 }).waitFor();
      await assertFits(stranger.page);
      await assertTranslated(stranger.page);
    }
    await stranger.leave();
  });

  it("fit the narrowest phone", async () => {
    const member = await house.visitor({ screen: "phone" });
    member.watch.expect(/status of (403|404)/);
    await signIn(member.page, noor);
    await member.page.setViewportSize({ width: 360, height: 740 });
    for (const { path, act } of INSIDE) {
      await member.page.goto(path);
      await act(member.page);
      await assertFits(member.page);
    }
    await member.leave();
  });
});

async function look(page: Page, { name, path, act }: View, folder: string): Promise<void> {
  await page.goto(path);
  await act(page);
  await settle(page);
  await keepPicture(page, `${folder}/identity-${name}`);
  await assertFits(page);
  await assertAccessible(page);
}

async function typeWrongPassword(page: Page): Promise<void> {
  await page.getByLabel("Username or e-mail").fill("nobody.here");
  await page.getByLabel("Password", { exact: true }).fill("not a password of anyone");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("alert").waitFor();
}

async function typeBadly(page: Page): Promise<void> {
  await page.getByLabel("Username", { exact: true }).fill("n!");
  await page.getByLabel("Password", { exact: true }).fill("abcdefgh");
  await page.getByText("Still missing").waitFor();
}

async function openTotp(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Set up an app" }).click();
  await page.getByRole("img", { name: "QR code for the authenticator app" }).waitFor();
}

async function openNewApp(page: Page): Promise<void> {
  await page.getByRole("button", { name: "New app password" }).click();
  await page.getByRole("dialog").waitFor();
}
