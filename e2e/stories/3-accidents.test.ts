import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { aPerson, signUp } from "../support/people.ts";
import { stage } from "../support/stage.ts";
import { AWAY } from "../support/watch.ts";

const house = stage();

describe("accidents", () => {
  it("says that the connection is gone, and comes back by itself", async () => {
    const { page, context, watch, leave } = await signedIn();
    watch.expect(AWAY);
    await page.waitForTimeout(1_500); // the app fetches its other pages a second after the first
    await context.setOffline(true);
    await page.getByText("You are offline.").waitFor();
    await page.getByRole("link", { name: "Artists" }).first().click();
    await page.getByRole("heading", { name: "The connection is gone" }).waitFor();
    await context.setOffline(false);
    await page.getByRole("heading", { name: "Nobody plays here yet" }).waitFor();
    assert.equal(await page.getByText("You are offline.").count(), 0);
    await leave();
  });

  it("shows a failure with the request's name and a way to try again", async () => {
    const { page, watch, leave } = await signedIn();
    watch.expect(/status of 500/);
    await page.route("**/api/tracks?*", (route) =>
      route.fulfill({
        status: 500,
        contentType: "application/problem+json",
        json: { code: "internal", title: "x", status: 500, request_id: "01K8QF3M" },
      }),
    );
    await page.goto("/music");
    await page.getByText("01K8QF3M").waitFor();
    await page.unroute("**/api/tracks?*");
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByRole("heading", { name: "Nothing on the shelf yet" }).waitFor();
    await leave();
  });

  it("gets a new access token in the middle of work when the old one is refused", async () => {
    const { page, watch, leave } = await signedIn();
    watch.expect(/status of 401/);
    let refusals = 0;
    await page.route("**/api/artists?*", async (route) => {
      refusals += 1;
      if (refusals > 1) return route.continue();
      await route.fulfill({
        status: 401,
        contentType: "application/problem+json",
        json: { code: "token_expired", title: "x", status: 401, request_id: "r" },
      });
    });
    const renewed = page.waitForResponse((response) => response.url().endsWith("/api/auth/refresh") && response.ok());
    await page.getByRole("link", { name: "Artists" }).first().click();
    await renewed;
    await page.getByRole("heading", { name: "Nobody plays here yet" }).waitFor();
    await leave();
  });
});

async function signedIn() {
  const visitor = await house.visitor();
  const person = aPerson();
  await signUp(visitor.page, person);
  return { page: visitor.page, context: visitor.context, watch: visitor.watch, person, leave: () => visitor.leave() };
}
