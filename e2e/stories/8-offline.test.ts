import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Page } from "playwright-core";
import { accountButton, aPerson, signUp } from "../support/people.ts";
import { stage } from "../support/stage.ts";
import { AWAY } from "../support/watch.ts";

const house = stage();

describe("without a connection", () => {
  it("opens the app all the same, says what is missing, and finds everything again by itself", async () => {
    const visitor = await house.visitor();
    const { page, context } = visitor;
    visitor.watch.expect(AWAY);
    const person = aPerson();
    await signUp(page, person);
    await untilKept(page);
    await context.setOffline(true);
    await page.reload();
    await page.getByText("You are offline.").waitFor();
    assert.equal(await page.title(), "Upload · Hathor");
    await page.goto("/about");
    await page.getByRole("heading", { level: 1, name: "About" }).waitFor();
    await context.setOffline(false);
    await accountButton(page, person).waitFor();
    await page.getByRole("link", { name: "My music" }).first().click();
    await page.getByRole("heading", { name: "Nothing on the shelf yet" }).waitFor();
    assert.equal(await page.getByText("You are offline.").count(), 0);
    await visitor.leave();
  });

  it("keeps neither what belongs to somebody nor sound", async () => {
    const visitor = await house.visitor();
    const { page } = visitor;
    await page.goto("/");
    await untilKept(page);
    await page.reload();
    await page.getByRole("heading", { level: 1 }).waitFor();
    const kept = await page.evaluate(async () => {
      const names = await caches.keys();
      const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
      return requests.flat().map(({ url }) => new URL(url).pathname);
    });
    assert.ok(kept.includes("/") && kept.some((path) => path.endsWith(".woff2")), kept.join(" "));
    assert.deepEqual(
      kept.filter((path) => /^\/(api|media|live)\//.test(path)),
      [],
    );
    await visitor.leave();
  });
});

/** The worker has taken everything in. */
async function untilKept(page: Page): Promise<void> {
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
}
