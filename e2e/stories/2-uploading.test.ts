import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { albumSong } from "../support/material.ts";
import { fileRow, makePublic, openTrack, untilReady, upload } from "../support/music.ts";
import { aPerson, signUp } from "../support/people.ts";
import { assertAdvances, assertAudible, untilPlaying } from "../support/sound.ts";
import { stage } from "../support/stage.ts";

const house = stage();
const refused = /status of (4\d\d)/;

describe("uploading", () => {
  it("takes several files at once and shows each on its way to ready", async () => {
    const { page, leave } = await signedIn();
    const paths = await Promise.all([
      house.material.song("undertow.flac", { title: "Undertow Hymn" }),
      house.material.song("boathouse.mp3", { title: "Boathouse" }),
      house.material.song("low water.wav", { title: "Low Water" }),
    ]);
    await upload(page, ...paths);
    const stages = fileRow(page, "undertow.flac").getByRole("progressbar");
    const first = Number(await stages.getAttribute("aria-valuenow"));
    await Promise.all(["undertow.flac", "boathouse.mp3", "low water.wav"].map((name) => untilReady(page, name)));
    assert.ok(first < 100, "the way was seen");
    assert.equal(await stages.getAttribute("aria-valuenow"), "100");

    await page.getByRole("link", { name: "See my music" }).click();
    await page.getByRole("link", { name: "Undertow Hymn" }).waitFor();
    assert.equal(await page.getByText("Private", { exact: true }).count(), 3);
    await leave();
  });

  it("hears of each stage from the server, without asking", async () => {
    const { page, leave } = await signedIn();
    const asked: string[] = [];
    page.on("request", (request) => {
      if (request.method() === "GET" && /\/api\/tracks\/\w+$/.test(request.url())) asked.push(request.url());
    });
    await upload(page, await house.material.song("long.flac", { seconds: 60 }));
    const seen = new Set<string>();
    const states = fileRow(page, "long.flac").locator("[data-state]");
    const watching = setInterval(
      () =>
        void states.getAttribute("data-state", { timeout: 100 }).then(
          (state) => state && seen.add(state),
          () => undefined,
        ),
      40,
    );
    await untilReady(page, "long.flac");
    clearInterval(watching);
    assert.ok(seen.size >= 2, `saw only ${[...seen]}`);
    assert.ok(asked.length <= 4, `asked ${asked.length} times`);
    await leave();
  });

  it("says in the server's own words why a file is refused, and lets it hurt no other", async () => {
    const { page, watch, leave } = await signedIn();
    watch.expect(refused);
    const good = await house.material.song("good.mp3");
    const playlist = await house.material.file(
      "disguised.mp3",
      "#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\n/etc/passwd.mp3\n#EXT-X-ENDLIST\n",
    );
    const empty = await house.material.file("empty.flac", "");
    const page_ = await house.material.file("page.ogg", "<!doctype html><script>alert(1)</script>");
    await upload(page, playlist, good, empty, page_);
    await fileRow(page, "disguised.mp3")
      .getByText(/not one of the audio formats/i)
      .waitFor();
    await fileRow(page, "page.ogg")
      .getByText(/not one of the audio formats/i)
      .waitFor();
    await fileRow(page, "empty.flac").getByText("This file is empty.").waitFor();
    await untilReady(page, "good.mp3");
    await leave();
  });

  it("tells in words what is wrong with a file that only looks like music", async () => {
    const { page, leave } = await signedIn();
    const broken = Buffer.concat([Buffer.from("fLaC\0\0\0\x22"), Buffer.alloc(40_000, 7)]);
    await upload(page, await house.material.file("broken.flac", broken));
    const row = fileRow(page, "broken.flac");
    await row.locator('[data-state="failed"], [role="alert"]').waitFor({ timeout: 60_000 });
    assert.match((await row.textContent()) ?? "", /\w+ \w+ \w+.*\./);
    await leave();
  });

  it("plays a real song of a real album", async (test) => {
    const path = albumSong("return_to_wesnoth.ogg");
    if (!path) return test.skip("the album is not on this machine");
    const { page, leave } = await signedIn();
    await upload(page, path);
    await untilReady(page, "return_to_wesnoth.ogg");
    await page.getByRole("link", { name: "See my music" }).click();
    const title = (await page.getByRole("listitem").getByRole("link").first().textContent()) ?? "";
    await openTrack(page, title);
    await page.getByText(/LUFS, peak/).waitFor();
    await page.getByRole("button", { name: `Play ${title}` }).click();
    await untilPlaying(page, "hls");
    await page.getByRole("slider", { name: "Seek", exact: true }).press("PageUp");
    await assertAdvances(page);
    await assertAudible(page);
    await leave();
  });

  it("takes silence for what it is", async () => {
    const { page, leave } = await signedIn();
    await upload(page, await house.material.silence("nothing.wav"));
    await untilReady(page, "nothing.wav");
    await openTrack(page, "nothing");
    await page.getByText("Silence", { exact: true }).waitFor();
    await leave();
  });

  it("edits a title and makes it public, and everybody finds it", async () => {
    const { page, leave } = await signedIn();
    await upload(page, await house.material.song("rough.flac", { title: "Rough name" }));
    await untilReady(page, "rough.flac");
    await openTrack(page, "Rough name");
    await page.getByRole("button", { name: "More about Rough name" }).click();
    await page.getByRole("menuitem", { name: "Edit" }).click();
    await page.getByLabel("Title").fill("Salt Hours");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("heading", { name: "Salt Hours", level: 1 }).waitFor();
    const address = page.url();
    await assertHidden(address);
    await makePublic(page, "Salt Hours");
    await assertFound("Salt Hours");
    await leave();
  });

  it("deletes for good, after naming the loss", async () => {
    const { page, watch, leave } = await signedIn();
    watch.expect(/status of 404/);
    await upload(page, await house.material.song("gone.flac", { title: "Soon gone" }));
    await untilReady(page, "gone.flac");
    await openTrack(page, "Soon gone");
    const address = page.url();
    await page.getByRole("button", { name: "More about Soon gone" }).click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    await page.getByRole("dialog", { name: /Delete .Soon gone./ }).waitFor();
    await page.getByRole("button", { name: "Delete track" }).click();
    await page.waitForURL("**/music");
    await page.goto(address);
    await page.getByRole("heading", { name: "Nothing stands here" }).waitFor();
    await leave();
  });
});

async function signedIn() {
  const visitor = await house.visitor();
  await signUp(visitor.page, aPerson());
  return { page: visitor.page, watch: visitor.watch, leave: () => visitor.leave() };
}

async function assertHidden(address: string): Promise<void> {
  const stranger = await house.visitor();
  stranger.watch.expect(/status of 404/);
  await stranger.page.goto(address);
  await stranger.page.getByRole("heading", { name: "Nothing stands here" }).waitFor();
  await stranger.leave();
}

async function assertFound(title: string): Promise<void> {
  const stranger = await house.visitor();
  await stranger.page.goto("/");
  await stranger.page.getByRole("link", { name: title }).first().waitFor();
  await stranger.leave();
}
