import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Locator } from "playwright-core";
import { stage } from "../support/stage.ts";

const house = stage();

describe("colours that people force", () => {
  it("leave what is chosen, where one is and what has the focus to be seen", async () => {
    const visitor = await house.visitor();
    const { page } = visitor;
    await page.emulateMedia({ forcedColors: "active" });
    await page.goto("/settings?tab=appearance");
    const lights = page.getByRole("radio", { name: /As the system|Day/ });
    await lights.first().waitFor();
    assert.notEqual(await ground(lights.nth(0)), await ground(lights.nth(1)), "the chosen light");
    const main = page.getByRole("navigation", { name: "Main" }).first();
    await main.getByRole("link", { name: "Home" }).click();
    await page
      .getByRole("heading", { level: 1 })
      .or(page.getByRole("heading", { level: 2 }))
      .first()
      .waitFor();
    assert.notEqual(
      await ground(main.getByRole("link", { name: "Home" })),
      await ground(main.getByRole("link", { name: "Upload" })),
      "the place",
    );
    await page.keyboard.press("Tab");
    const ring = await page.evaluate(() => {
      const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement ?? document.body);
      return { outlineStyle, outlineWidth };
    });
    assert.deepEqual(ring, { outlineStyle: "solid", outlineWidth: "2px" });
    await visitor.leave();
  });
});

function ground(place: Locator): Promise<string> {
  return place.evaluate((element) => getComputedStyle(element).backgroundColor);
}
