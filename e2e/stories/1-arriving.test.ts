import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { accountButton, aPerson, signUp } from "../support/people.ts";
import { stage } from "../support/stage.ts";

const house = stage();
const refused = /status of (401|409|422)/;

describe("arriving", () => {
  it("shows an empty house to the first visitor, without asking who they are", async () => {
    const stranger = await house.visitor();
    await stranger.page.goto("/");
    await stranger.page.getByRole("heading", { name: "Nothing plays here yet" }).waitFor();
    await stranger.leave();
  });

  it("makes an account, and knows them again after a reload without writing the token down", async () => {
    const { page, ...nina } = await visitorAndPage();
    const person = aPerson();
    await signUp(page, person);
    await page.reload();
    await accountButton(page, person).waitFor();
    const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]));
    assert.doesNotMatch(kept, /eyJ|token/i);
    await nina.leave();
  });

  it("says beside the field what is wrong with it", async () => {
    const { page, watch, leave } = await visitorAndPage();
    watch.expect(refused);
    await page.goto("/register");
    await page.getByLabel("Username", { exact: true }).fill("a b");
    await page.getByLabel("E-mail").fill("not an address");
    await page.getByLabel("Password", { exact: true }).fill("short");
    await page.getByRole("button", { name: "Create account" }).click();
    await page.locator('input[name="username"][aria-invalid="true"]').waitFor();
    await page.locator('input[name="password"][aria-invalid="true"]').waitFor();
    await leave();
  });

  it("refuses a username twice, and a wrong password with the request's name", async () => {
    const { page, watch, leave } = await visitorAndPage();
    watch.expect(refused);
    const person = aPerson();
    await signUp(page, person);
    await page.getByRole("button", { name: `${person.displayName}, account` }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await page.getByRole("link", { name: "Sign in" }).first().waitFor();

    await page.goto("/login");
    await page.getByLabel("Username or e-mail").fill(person.username);
    await page.getByLabel("Password", { exact: true }).fill("not the password at all");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("alert").getByText("Login or password is wrong.").waitFor();
    await page.getByRole("alert").locator("code").waitFor();

    await page.goto("/register");
    await page.getByLabel("Username", { exact: true }).fill(person.username);
    await page.getByLabel("E-mail").fill("another@example.org");
    await page.getByLabel("Password", { exact: true }).fill(person.password);
    await page.getByRole("button", { name: "Create account" }).click();
    await page.getByText("This username is taken.").waitFor();
    await leave();
  });

  it("leads through the door to where one wanted to go", async () => {
    const { page, leave } = await visitorAndPage();
    const person = aPerson();
    await signUp(page, person);
    await page.context().clearCookies();
    await page.evaluate(() => localStorage.removeItem("hathor.signed-in"));
    await page.goto("/music");
    await page.getByRole("heading", { name: "This room is yours once you sign in" }).waitFor();
    await page.getByRole("main").getByRole("link", { name: "Sign in" }).click();
    await page.getByLabel("Username or e-mail").fill(person.email);
    await page.getByLabel("Password", { exact: true }).fill(person.password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.waitForURL("**/music");
    await leave();
  });

  it("signs out every tab at once, and for good", async () => {
    const { page, context, leave } = await visitorAndPage();
    const person = aPerson();
    await signUp(page, person);
    const second = await context.newPage();
    await second.goto("/");
    await accountButton(second, person).waitFor();

    await accountButton(page, person).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await page.getByRole("link", { name: "Sign in" }).first().waitFor();
    await second.getByRole("link", { name: "Sign in" }).first().waitFor();
    await page.reload();
    await page.getByRole("link", { name: "Sign in" }).first().waitFor();
    await leave();
  });

  it("keeps three tabs signed in that all wake up with a dead token", async () => {
    const { page, context, leave } = await visitorAndPage();
    const person = aPerson();
    await signUp(page, person);
    const tabs = [page, await context.newPage(), await context.newPage()];
    await Promise.all(tabs.map((tab) => tab.goto("/music")));
    await Promise.all(tabs.map((tab) => accountButton(tab, person).waitFor()));
    await Promise.all(tabs.map((tab) => tab.reload()));
    await Promise.all(tabs.map((tab) => accountButton(tab, person).waitFor()));
    await leave();
  });

  it("answers an address of nothing with a way home", async () => {
    const { page, leave } = await visitorAndPage();
    await page.goto("/nowhere");
    await page.getByRole("heading", { name: "Nothing stands here" }).waitFor();
    await page.getByRole("link", { name: "Go home" }).click();
    await page.waitForURL(/\/$/);
    await leave();
  });

  it("can be walked by keyboard alone, from the first key to an account", async () => {
    const { page, leave } = await visitorAndPage();
    const person = aPerson();
    await page.goto("/register");
    await page.getByLabel("Username", { exact: true }).waitFor();
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), "Skip to content");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    await page.keyboard.type(person.username);
    await page.keyboard.press("Tab");
    await page.keyboard.type(person.displayName);
    await page.keyboard.press("Tab");
    await page.keyboard.type(person.email);
    await page.keyboard.press("Tab");
    await page.keyboard.type(person.password);
    await page.keyboard.press("Enter");
    await accountButton(page, person).waitFor();
    await leave();
  });
});

async function visitorAndPage() {
  const visitor = await house.visitor();
  return { page: visitor.page, context: visitor.context, watch: visitor.watch, leave: () => visitor.leave() };
}
