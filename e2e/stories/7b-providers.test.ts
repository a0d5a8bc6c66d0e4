import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Page } from "playwright-core";
import { accountButton, aPerson, type Person, signUp } from "../support/people.ts";
import { stage } from "../support/stage.ts";

/** A provider that is not ours; `make test` starts it. */
const issuer = process.env.HATHOR_TEST_OPENID;
const house = stage({
  HATHOR_AUTH__PROVIDERS__CORP__NAME: "Corp",
  HATHOR_AUTH__PROVIDERS__CORP__ISSUER: issuer ?? "http://localhost:9",
  HATHOR_AUTH__PROVIDERS__CORP__CLIENT_ID: "hathor",
  HATHOR_AUTH__PROVIDERS__CORP__CLIENT_SECRET: "what both know",
  HATHOR_AUTH__PROVIDERS__CORP__TRUST_EMAIL: "true",
  HATHOR_AUTH__PROVIDERS__CORP__OWN_NETWORK: "true",
});
const refused = /status of (401|409|410)/;

describe("coming by a provider", { skip: issuer ? false : "HATHOR_TEST_OPENID names no provider" }, () => {
  it("asks a newcomer only for a name, and knows them the next time", async () => {
    const person = aPerson("kiri");
    const sub = await knownThere(person);
    const { page, leave } = await visit();
    await come(page, sub);
    await page.getByRole("heading", { name: "What shall we call you?" }).waitFor();
    assert.equal(await page.getByLabel("Username", { exact: true }).inputValue(), person.username);
    await page.getByRole("button", { name: "Create account" }).click();
    await accountButton(page, person).waitFor();
    await leave();
    const again = await visit();
    await come(again.page, sub);
    await accountButton(again.page, person).waitFor();
    await again.page.reload();
    await accountButton(again.page, person).waitFor();
    await again.leave();
  });

  it("sends nobody into an account that only has the same address", async () => {
    const person = aPerson("ira");
    const first = await visit();
    await signUp(first.page, person);
    await first.leave();
    const { page, leave } = await visit();
    await come(page, await knownThere(person));
    await page.getByText("There is an account with this address already.").waitFor();
    await leave();
  });

  it("links from the settings, opens the account from then on, and unlinks", async () => {
    const person = aPerson("tove");
    const sub = await knownThere({ ...person, email: `elsewhere-${person.email}` });
    const { page, leave } = await visit();
    await signUp(page, person);
    await page.goto("/settings?tab=security");
    await page.getByRole("button", { name: "Link Corp" }).click();
    await agree(page, sub);
    await page.getByText("The two are linked.").waitFor();
    const again = await visit();
    await come(again.page, sub);
    await accountButton(again.page, person).waitFor();
    await again.leave();
    await page.getByRole("button", { name: "Unlink Corp" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Unlink", exact: true }).click();
    await page.getByRole("button", { name: "Link Corp" }).waitFor();
    await leave();
  });
});

/** Opens a visitor's page; nobody being signed in is no surprise here, nor how the provider's own page is made. */
async function visit() {
  const visitor = await house.visitor();
  await visitor.context.route(/cdn\./, (route) => route.abort());
  visitor.watch.expect(refused, /\(https:\/\/cdn\.|\/favicon\.ico\)/);
  return { page: visitor.page, leave: () => visitor.leave() };
}

/** Tells the provider of somebody; what it calls them. */
async function knownThere({ username, email, displayName }: Person): Promise<string> {
  const sub = `${username}-${Date.now()}`;
  const answer = await fetch(`${issuer}/users/${sub}`, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email, email_verified: true, name: displayName, preferred_username: username }),
  });
  assert.equal(answer.status, 204);
  return sub;
}

/** Through the door of the provider and back. */
async function come(page: Page, sub: string): Promise<void> {
  await page.goto("/login");
  await page.getByRole("link", { name: "Continue with Corp" }).click();
  await agree(page, sub);
}

async function agree(page: Page, sub: string): Promise<void> {
  await page.getByPlaceholder("sub").fill(sub);
  await page.getByRole("button", { name: "Authorize" }).click();
}
