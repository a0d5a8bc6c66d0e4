import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { before, describe, it } from "node:test";
import type { Page } from "playwright-core";
import { assertAccessible } from "../support/looks.ts";
import { accountButton, aPerson, type Person, signIn } from "../support/people.ts";
import { stage } from "../support/stage.ts";

const house = stage({ HATHOR_AUTH__REGISTRATION: "invite", HATHOR_AUTH__MINIMUM_AGE: "16" });
const refused = /status of (401|403|404|409|422)/;

describe("people of a house that takes in who is invited", () => {
  let invitation = "";

  before(async () => {
    const { page, leave } = await operator();
    await page.goto("/settings?tab=invites");
    await page.getByRole("button", { name: "New invitation" }).click();
    await page.getByLabel("For whom").fill("The choir");
    await page.getByLabel("For how many", { exact: true }).fill("5");
    await page.getByRole("button", { name: "Make invitation" }).click();
    const address = await page.getByRole("dialog").locator("code").textContent();
    invitation = (address ?? "").slice((address ?? "").indexOf("/register"));
    await page.getByRole("button", { name: "Done" }).click();
    await page.getByText("0 of 5 came").waitFor();
    await leave();
  });

  it("let in who has an invitation, and nobody else", async () => {
    const { page, watch, leave } = await visit();
    watch.expect(refused);
    const person = aPerson("ilse");
    await page.goto("/register");
    await fillIn(page, person, "1990-05-04");
    await page.getByRole("textbox", { name: "Invitation" }).fill("never-given");
    await page.getByRole("button", { name: "Create account" }).click();
    await page.locator('input[name="invite"][aria-invalid="true"]').or(page.getByRole("alert")).first().waitFor();
    await page.goto(invitation);
    await page.getByText("invites you").waitFor();
    assert.equal(new URL(page.url()).hash, "");
    await fillIn(page, person, "1990-05-04");
    await page.getByRole("button", { name: "Create account" }).click();
    await accountButton(page, person).waitFor();
    await leave();
  });

  it("send home who is too young, and keep nothing of them", async () => {
    const { page, watch, leave } = await visit();
    watch.expect(refused);
    const person = aPerson("kim");
    await page.goto(invitation);
    await fillIn(page, person, `${new Date().getUTCFullYear() - 8}-01-01`);
    await page.getByRole("button", { name: "Create account" }).click();
    await page
      .getByText(/must be 16/)
      .first()
      .waitFor();
    await page.goto("/login");
    await page.getByLabel("Username or e-mail").fill(person.username);
    await page.getByLabel("Password", { exact: true }).fill(person.password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("alert").waitFor();
    await leave();
  });

  it("act for an artist together: one lets the other in, changes what they may, and takes it back", async () => {
    const [owner, friend] = [aPerson("maren"), aPerson("juno")];
    const [here, there] = [await visit(), await visit()];
    here.watch.expect(refused);
    there.watch.expect(refused);
    await comeIn(here.page, owner);
    await comeIn(there.page, friend);
    await makeArtist(owner, "Tide Choir");
    await here.page.goto("/artist/tide-choir");
    await here.page.getByRole("link", { name: "People" }).click();
    const people = here.page.getByRole("list", { name: "People" });
    await people.getByText(`@${owner.username}`).waitFor();
    await here.page.getByLabel("Username", { exact: true }).fill("nobody.like.this");
    await here.page.getByRole("button", { name: "Add", exact: true }).click();
    await here.page.locator('input[name="username"][aria-invalid="true"]').waitFor();
    await here.page.getByLabel("Username", { exact: true }).fill(friend.username);
    await here.page.getByRole("button", { name: "Add", exact: true }).click();
    await people.getByText(`@${friend.username}`).waitFor();
    await assertAccessible(here.page);

    await there.page.goto("/artist/tide-choir");
    await there.page.getByRole("button", { name: "Edit profile" }).waitFor();
    const changed = here.page.waitForResponse((answer) => answer.request().method() === "PATCH" && answer.ok());
    await here.page.getByLabel(`What ${friend.displayName} may do`).selectOption({ label: "Viewer" });
    await changed;
    await there.page.reload();
    await there.page.getByRole("link", { name: "People" }).waitFor();
    assert.equal(await there.page.getByRole("button", { name: "Edit profile" }).count(), 0);

    await here.page.getByRole("button", { name: `Remove ${friend.displayName}` }).click();
    await here.page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
    await people.getByText(`@${friend.username}`).waitFor({ state: "detached" });
    await Promise.all([here.leave(), there.leave()]);
  });

  it("are looked after: found, banned with a reason they are told, and every step of it is written down", async () => {
    const person = aPerson("rask");
    const guest = await visit();
    guest.watch.expect(refused);
    await comeIn(guest.page, person);
    const { page, watch, leave } = await operator();
    watch.expect(refused);
    await page.goto("/settings");
    await page.getByRole("link", { name: "Administration" }).click();
    await page.getByLabel("Part of a username or an address").fill(person.username);
    await page.getByRole("button", { name: "Find" }).click();
    await page.getByRole("button", { name: `Ban ${person.username}` }).click();
    await page.getByLabel("What they are told").fill("Sold tickets that were none");
    await page.getByRole("dialog").getByRole("button", { name: "Ban" }).click();
    await page.getByText("Banned").waitFor();
    await assertAccessible(page);

    await guest.page.waitForTimeout(5_500);
    await guest.page.goto("/music");
    await guest.page.getByRole("heading", { name: "This room is yours once you sign in" }).waitFor();
    await guest.page.goto("/login");
    await guest.page.getByLabel("Username or e-mail").fill(person.username);
    await guest.page.getByLabel("Password", { exact: true }).fill(person.password);
    await guest.page.getByRole("button", { name: "Sign in" }).click();
    await guest.page.getByText("Sold tickets that were none").waitFor();

    await page.getByRole("link", { name: "What happened" }).click();
    await page.getByRole("cell", { name: /ban/ }).first().waitFor();
    await assertAccessible(page);
    const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "All of it as CSV" }).click()]);
    assert.match(await readFile((await file.path()) ?? "", "utf8"), /session\.opened/);
    await Promise.all([guest.leave(), leave()]);
  });

  async function comeIn(page: Page, person: Person): Promise<void> {
    await page.goto(invitation);
    await fillIn(page, person, "1990-05-04");
    await page.getByRole("button", { name: "Create account" }).click();
    await accountButton(page, person).waitFor();
  }
});

async function visit() {
  const visitor = await house.visitor();
  return { page: visitor.page, watch: visitor.watch, leave: () => visitor.leave() };
}

/** Whoever started the server: their first password stands in what it said at its start. */
async function operator() {
  const [, username = "", password = ""] = house.server.log.match(/sign in +(\S+)\s+password +(\S+)/) ?? [];
  const visitor = await visit();
  await signIn(visitor.page, { username, password, email: "", displayName: username });
  return visitor;
}

async function fillIn(page: Page, { username, displayName, email, password }: Person, birthDate: string): Promise<void> {
  await page.getByLabel("Username", { exact: true }).fill(username);
  await page.getByLabel("Name others see").fill(displayName);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByLabel("Birth date").fill(birthDate);
}

async function makeArtist({ username, password }: Person, name: string): Promise<void> {
  const ask = (path: string, body: object, token = "") =>
    fetch(house.server.url + path, {
      method: "POST",
      headers: { "content-type": "application/json", ...(token && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify(body),
    });
  const { access_token } = (await (await ask("/api/auth/login", { login: username, password })).json()) as { access_token: string };
  assert.equal((await ask("/api/artists", { name }, access_token)).status, 201);
}
