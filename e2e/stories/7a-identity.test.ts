import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, it } from "node:test";
import type { Page } from "playwright-core";
import { Maker } from "../support/api.ts";
import { picture } from "../support/drops.ts";
import { codeOf, giveAuthenticator } from "../support/factors.ts";
import { accountButton, aPerson, type Person, signIn, signUp } from "../support/people.ts";
import { stage } from "../support/stage.ts";

const house = stage({ HATHOR_AUTH__VERIFY_EMAIL: "always" });
const refused = /status of (401|403|404|409|410|422)/;
const ANOTHER = "another long phrase of hers";

describe("identity", () => {
  it("proves an address by the six digits of a letter, pasted as they stand", async () => {
    const { page, leave } = await visit();
    const person = aPerson();
    await signUp(page, person);
    await page.getByRole("heading", { name: "Look into your mail" }).waitFor();
    const { text } = await house.letters.newest(person.email, /\b\d{6}\b/);
    const code = text.match(/\b(\d{3})(\d{3})\b/);
    await page.getByLabel("Code from the letter").fill(`${code?.[1]} ${code?.[2]}`);
    await page.waitForURL("**/upload");
    await leave();
  });

  it("proves an address by the letter's link on a device that is not signed in, and keeps the secret out of the address", async () => {
    const { page, leave } = await visit();
    const person = aPerson();
    await signUp(page, person);
    await page.getByRole("button", { name: "Do it later" }).click();
    await page.getByText("until then you can listen").waitFor();
    const link = await house.letters.link(person.email, "/verify-email");
    const elsewhere = await visit();
    await elsewhere.page.goto(link);
    await elsewhere.page.getByRole("heading", { name: "Your address is confirmed" }).waitFor();
    assert.equal(new URL(elsewhere.page.url()).hash, "");
    await elsewhere.leave();
    await page.reload();
    await accountButton(page, person).waitFor();
    assert.equal(await page.getByText("until then you can listen").count(), 0);
    await leave();
  });

  it("lets somebody back in who forgot the password, signs every other device out, and takes a link once", async () => {
    const person = await somebody();
    const old = await visit(person);
    const { page, watch, leave } = await visit();
    watch.expect(refused);
    await page.goto("/login");
    await page.getByRole("link", { name: "Forgot it?" }).click();
    await page.getByLabel("Username or e-mail").fill(person.email);
    await page.getByRole("button", { name: "Send the letter" }).click();
    await page.getByText("If there is an account").waitFor();
    const link = await house.letters.link(person.email, "/reset-password");
    await page.goto(link);
    await page.getByLabel("New password", { exact: true }).fill(ANOTHER);
    await page.getByText("Strong.").waitFor();
    await page.getByRole("button", { name: "Set password" }).click();
    await page.getByRole("heading", { name: "The password is set" }).waitFor();
    await page.goto("/about");
    await page.goto(link);
    await page.getByLabel("New password", { exact: true }).fill("a third long phrase");
    await page.getByRole("button", { name: "Set password" }).click();
    await page.getByRole("link", { name: "Ask for another letter" }).waitFor();
    await signIn(page, { ...person, password: ANOTHER });

    old.watch.expect(refused);
    await old.page.goto("/music");
    await old.page.getByRole("heading", { name: "This room is yours once you sign in" }).waitFor();
    await old.leave();
    await leave();
  });

  it("sets up an app for codes, asks for one at the door, and opens by a recovery code when the phone is lost", async () => {
    const person = await somebody();
    const { page, watch, leave } = await visit(person);
    watch.expect(refused);
    await page.goto("/settings?tab=security");
    await page.getByRole("button", { name: "Set up an app" }).click();
    const picture = page.getByRole("img", { name: "QR code for the authenticator app" });
    await picture.waitFor();
    assert.ok((await picture.evaluate((image: HTMLImageElement) => image.naturalWidth)) > 0, "the picture is drawn");
    const secret = await page.getByRole("dialog").locator("code").textContent();
    await page.getByLabel("Code from your app").fill(codeOf(secret ?? ""));
    const shown = page.getByRole("list", { name: "Recovery codes" });
    await shown.waitFor();
    const codes = await shown.getByRole("listitem").allTextContents();
    assert.equal(codes.length, 10);
    await page.getByRole("button", { name: "I have kept them" }).click();
    await page.getByText("10 left").waitFor();

    await signOut(page, person);
    await typePassword(page, person);
    await page.getByLabel("Code from your app").fill("000000");
    await page.getByText(/is not right.*4 tries are left/).waitFor();
    await page.getByLabel("Code from your app").fill("");
    await page.getByLabel("Code from your app").fill(codeOf(secret ?? "", 1));
    await accountButton(page, person).waitFor();

    await signOut(page, person);
    await typePassword(page, person);
    await page.getByRole("button", { name: "Use a recovery code instead" }).click();
    await page.getByLabel("Recovery code").fill(codes[0] ?? "");
    await page.getByRole("button", { name: "Sign in" }).click();
    await accountButton(page, person).waitFor();
    await page.goto("/settings?tab=security");
    await page.getByText("9 left").waitFor();
    await leave();
  });

  it("makes a passkey, and opens by it alone", async () => {
    const person = await somebody();
    const { page, watch, leave } = await visit(person);
    watch.expect(refused);
    await giveAuthenticator(page);
    await page.goto("/settings?tab=security");
    await page.getByRole("button", { name: "Add a passkey" }).click();
    await page.getByLabel("Name", { exact: true }).fill("Finger");
    await page.getByRole("button", { name: "Go on" }).click();
    await page.getByRole("button", { name: "I have kept them" }).click();
    await page.getByRole("list", { name: "Passkeys" }).getByText("Finger").waitFor();
    await signOut(page, person);
    await page.goto("/login");
    // the browser may offer it under the field by itself, and then nothing is left to press
    const button = page.getByRole("button", { name: "Use a passkey" });
    await button.or(accountButton(page, person)).first().waitFor();
    if (await button.isVisible()) await button.click({ timeout: 2_000 }).catch(() => undefined);
    await accountButton(page, person).waitFor();
    await page.goto("/settings?tab=security");
    await page.getByRole("button", { name: "Remove Finger" }).click();
    await page.getByRole("button", { name: "Remove passkey" }).click();
    await page.getByRole("list", { name: "Passkeys" }).waitFor({ state: "detached" });
    await leave();
  });

  it("asks once more who it is before what guards the account is changed, and then changes it by itself", async () => {
    const person = await somebody();
    const { page, watch, leave } = await visit(person);
    watch.expect(refused);
    await grow(page, "**/api/me/password");
    await page.goto("/settings?tab=security");
    await page.getByRole("button", { name: "Change password" }).click();
    await page.getByLabel("New password", { exact: true }).fill(ANOTHER);
    await page.getByRole("button", { name: "Save password" }).click();
    const proof = page.getByRole("dialog", { name: "Is it still you?" });
    await proof.getByLabel("Password", { exact: true }).fill("not it at all, not it");
    await proof.getByRole("button", { name: "Go on" }).click();
    await proof.getByText(/not your password/).waitFor();
    await proof.getByLabel("Password", { exact: true }).fill(person.password);
    await proof.getByRole("button", { name: "Go on" }).click();
    await page.getByText("The password is changed").waitFor();
    await signOut(page, person);
    await signIn(page, { ...person, password: ANOTHER });
    await leave();
  });

  it("lists the devices, and signs one out that is at work: what was typed there is kept and saved after coming back", async () => {
    const person = await somebody();
    const [here, there] = [await visit(person), await visit(person)];
    there.watch.expect(refused);
    await there.page.goto("/settings?tab=profile");
    await there.page.getByLabel("A few words").fill("Written before the door closed");

    await here.page.goto("/settings?tab=security");
    const devices = here.page.getByRole("list", { name: "Devices" });
    await devices.getByText("This device").waitFor();
    await here.page.getByRole("button", { name: "Sign out all others" }).click();
    await here.page.getByRole("dialog").getByRole("button", { name: "Sign out all others" }).click();
    await here.page.getByText("All other devices are signed out").waitFor();
    assert.equal(await devices.getByRole("listitem").count(), 1);

    // within five seconds the other device is felt to be out
    await there.page.waitForTimeout(5_500);
    const again = there.page.getByRole("dialog", { name: "Your session has ended" });
    if (!(await again.isVisible())) await there.page.getByRole("button", { name: "Save" }).click();
    await again.getByLabel("Password", { exact: true }).fill(person.password);
    await again.getByRole("button", { name: "Sign in" }).click();
    await again.waitFor({ state: "detached" });
    const saved = there.page.getByText("Your profile is saved");
    if (!(await saved.isVisible())) await there.page.getByRole("button", { name: "Save" }).click();
    await saved.waitFor();
    assert.equal(await there.page.getByLabel("A few words").inputValue(), "Written before the door closed");
    await Promise.all([here.leave(), there.leave()]);
  });

  it("moves to another address once both have agreed", async () => {
    const person = await somebody();
    const { page, watch, leave } = await visit(person);
    watch.expect(refused);
    const next = `moved-${person.email}`;
    await page.goto("/settings?tab=security");
    await page.getByRole("button", { name: "Change address" }).click();
    await page.getByLabel("New address").fill(next);
    await page.getByRole("button", { name: "Send the letters" }).click();
    await page.getByText(`You asked to move to ${next}`).waitFor();
    await agree(page, await house.letters.link(person.email, "/confirm-email"));
    await page.getByRole("heading", { name: "One address agrees" }).waitFor();
    await agree(page, await house.letters.link(next, "/confirm-email"));
    await page.getByRole("heading", { name: "Your address has moved" }).waitFor();
    await signOut(page, person);
    await signIn(page, { ...person, username: next });
    await leave();
  });

  it("shows a person to everybody, under a new name as well, with the old address leading there", async () => {
    const person = await somebody();
    const { page, leave } = await visit(person);
    await page.goto("/settings?tab=profile");
    await page.getByLabel("A few words").fill("Tape, tides and a boathouse.");
    await page.getByLabel("Place").fill("Aarhus");
    await page.getByRole("button", { name: "Add a link" }).click();
    await page.getByLabel("Address of link 1").fill("https://tapes.example/me");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Your profile is saved").waitFor();
    const [chooser] = await Promise.all([
      page.waitForEvent("filechooser"),
      page.getByRole("button", { name: "Choose a picture for your portrait" }).click(),
    ]);
    await chooser.setFiles(await picture(join(house.material.folder, "face.png")));
    await page.getByText("Your pictures are saved").waitFor();
    await page.getByRole("button", { name: "Remove the portrait" }).waitFor();
    const name = `${person.username}.salt`;
    await page.getByRole("button", { name: "Change username" }).click();
    await page.getByRole("textbox", { name: "Username" }).fill(name);
    await page.getByText(`/user/${name}`).waitFor();
    await page.getByRole("button", { name: "Change username" }).click();
    await page.getByText("Your username is changed").waitFor();

    const stranger = await visit();
    await stranger.page.goto(`/user/${person.username}`);
    await stranger.page.getByRole("heading", { name: person.displayName }).waitFor();
    await stranger.page.waitForURL(`**/user/${name}`);
    await stranger.page.getByText("Tape, tides and a boathouse.").waitFor();
    await stranger.page.getByRole("link", { name: "tapes.example" }).waitFor();
    await stranger.page.waitForFunction(() => (document.querySelector<HTMLImageElement>("main img.avatar")?.naturalWidth ?? 0) > 0);
    await stranger.leave();
    await leave();
  });

  it("gives a program a password of its own, with the rights it was given and no others, until it is ended", async () => {
    const person = await somebody();
    const { page, watch, leave } = await visit(person);
    watch.expect(refused);
    await page.goto("/settings?tab=apps");
    await page.getByRole("button", { name: "New app password" }).click();
    await page.getByLabel("Name", { exact: true }).fill("Player on the phone");
    await page.getByRole("button", { name: "Make password" }).click();
    const secret = await page.getByRole("dialog").locator("code").textContent();
    await page.getByRole("button", { name: "I have kept it" }).click();
    const ask = (method: string, path: string) =>
      fetch(house.server.url + path, { method, headers: { authorization: `Bearer ${secret}` } }).then(({ status }) => status);
    assert.equal(await ask("GET", "/api/tracks?mine=true"), 200);
    assert.equal(await ask("DELETE", "/api/me/sessions"), 403);
    await page.getByRole("button", { name: "Remove Player on the phone" }).click();
    await page.getByRole("button", { name: "End it" }).click();
    await page.getByText("No app has a password of its own.").waitFor();
    await page.waitForTimeout(5_500);
    assert.equal(await ask("GET", "/api/tracks?mine=true"), 401);
    await leave();
  });

  it("lets one leave for good, and think better of it", async () => {
    const person = await somebody();
    const { page, leave } = await visit(person);
    await page.goto("/settings?tab=security");
    await page.getByRole("button", { name: "Delete account" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete account" }).click();
    const banner = page.getByRole("status").filter({ hasText: "Your account goes on" });
    await banner.waitFor();
    await page.goto("/");
    await banner.getByRole("button", { name: "Keep my account" }).click();
    await banner.waitFor({ state: "detached" });
    await page.reload();
    await accountButton(page, person).waitFor();
    assert.equal(await banner.count(), 0);
    await leave();
  });

  it("walks the second step by keyboard alone", async () => {
    const person = await somebody();
    const { page, watch, leave } = await visit();
    watch.expect(refused);
    await page.goto("/login");
    await page.getByLabel("Username or e-mail").focus();
    await page.keyboard.type(person.username);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.type(person.password);
    await page.keyboard.press("Enter");
    await accountButton(page, person).waitFor();
    await page.goto("/settings?tab=security");
    await page.getByRole("button", { name: "Set up an app" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), "Set up an app");
    await leave();
  });
});

/** Somebody with an account and a proved address. */
async function somebody(): Promise<Person> {
  const person = aPerson();
  await Maker.signUp(house.server.url, person);
  const link = await house.letters.link(person.email, "/verify-email");
  const token = new URLSearchParams(link.split("#")[1]).get("token");
  const headers = { "content-type": "application/json" };
  const answer = await fetch(`${house.server.url}/api/auth/verify-email`, { method: "POST", headers, body: JSON.stringify({ token }) });
  assert.equal(answer.status, 200);
  return person;
}

async function visit(person?: Person) {
  const visitor = await house.visitor();
  if (person) await signIn(visitor.page, person);
  return { page: visitor.page, watch: visitor.watch, leave: () => visitor.leave() };
}

async function typePassword(page: Page, person: Person): Promise<void> {
  await page.goto("/login");
  await page.getByLabel("Username or e-mail").fill(person.username);
  await page.getByLabel("Password", { exact: true }).fill(person.password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

async function signOut(page: Page, person: Person): Promise<void> {
  await accountButton(page, person).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await page.getByRole("link", { name: "Sign in" }).first().waitFor();
}

async function agree(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page.getByRole("button", { name: "Yes, move" }).click();
}

/** Lets more than ten minutes pass for one call: it is told to prove who asks, as the server would. */
async function grow(page: Page, address: string): Promise<void> {
  const body = JSON.stringify({ type: "about:blank", title: "prove once more that it is you", status: 403, code: "step_up_required" });
  await page.route(address, (route) => route.fulfill({ status: 403, contentType: "application/problem+json", body }), { times: 1 });
}
