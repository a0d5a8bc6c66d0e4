import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { fileRow, openMusic, openTrack, untilReady, upload } from "../support/music.ts";
import { accountButton, aPerson, signUp } from "../support/people.ts";
import { assertAdvances, assertAudible, untilPlaying } from "../support/sound.ts";
import { stage } from "../support/stage.ts";
import { AWAY } from "../support/watch.ts";

const house = stage();

describe("a server that goes away", () => {
  it("forgets neither the person nor the music when the server restarts", async () => {
    const { page, watch, leave, person } = await signedIn();
    watch.expect(AWAY);
    await upload(page, await house.material.song("kept.flac", { title: "Kept", seconds: 60 }));
    await untilReady(page, "kept.flac");
    await openTrack(page, "Kept");
    await page.getByRole("button", { name: "Play Kept" }).click();
    await untilPlaying(page);
    await house.server.restart();
    await assertAdvances(page);
    await page.getByRole("link", { name: "Home", exact: true }).first().click();
    await page.reload();
    await accountButton(page, person).waitFor();
    await openTrack(page, "Kept");
    await page.getByRole("button", { name: "Play Kept" }).click();
    await untilPlaying(page);
    await assertAudible(page);
    await leave();
  });

  it("finishes what it had received when the server restarts in the middle of it", async () => {
    const { page, watch, leave } = await signedIn();
    watch.expect(AWAY);
    await upload(page, await house.material.song("half.flac", { title: "Half way", seconds: 240 }));
    await fileRow(page, "half.flac").locator("[data-state]").waitFor();
    await house.server.restart();
    await untilReady(page, "half.flac");
    await leave();
  });

  it("loses nothing it has acknowledged when it is killed in the middle of the work", async () => {
    const { page, watch, leave } = await signedIn();
    watch.expect(AWAY);
    const names = ["first.flac", "second.flac", "third.flac"];
    await upload(page, ...(await Promise.all(names.map((name) => house.material.song(name, { seconds: 120 })))));
    for (const name of names) await fileRow(page, name).locator("[data-state]").waitFor();
    await house.server.crash();
    for (const name of names) await untilReady(page, name);
    await page.reload();
    await openMusic(page);
    for (const name of names) {
      const rows = page.getByRole("main").getByRole("listitem").filter({ hasText: name });
      await rows.first().waitFor();
      assert.equal(await rows.count(), 1, `${name} is there once`);
    }
    await leave();
  });
});

async function signedIn() {
  const visitor = await house.visitor();
  const person = aPerson();
  await signUp(visitor.page, person);
  return { page: visitor.page, watch: visitor.watch, person, leave: () => visitor.leave() };
}
