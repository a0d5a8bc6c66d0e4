import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, it } from "node:test";
import type { CDPSession, Page } from "playwright-core";
import { cmykJpeg, dropOn, folderOf, picture } from "../support/drops.ts";
import { assertFits } from "../support/looks.ts";
import { albumSong } from "../support/material.ts";
import { fileRow, makePublic, openTrack, untilReady, upload } from "../support/music.ts";
import { aPerson, signIn, signUp } from "../support/people.ts";
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
    await openTrack(page, "Return to Wesnoth");
    await page.getByText(/LUFS, peak/).waitFor();
    await page.getByRole("button", { name: "Play Return to Wesnoth" }).click();
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

describe("an album at home", () => {
  it("is dropped as a folder, edited on its way, and live after two clicks", async (test) => {
    const songs = ["sad.ogg", "silence.ogg", "victory.ogg", "defeat.ogg"].map(albumSong);
    if (songs.includes(undefined)) return test.skip("the album is not on this machine");
    const { page, leave } = await signedIn();
    const album = await folderOf(house.material.folder, "Wesnoth", songs as string[], { "notes.txt": "not music", ".DS_Store": "litter" });
    await picture(join(album, "cover.png"));
    await atUpload(page);
    await slowLine(page);
    await dropOn(page, page.getByText("Drop a folder or files here"), album);

    await page.getByText("1 file is neither music nor a picture and stayed with you: notes.txt.").waitFor();
    await fileRow(page, "sad.ogg")
      .getByText(/Uploading|Waiting its turn/)
      .waitFor();
    await editTitle(page, "sad.ogg", "Very Sad");
    await fastLine(page);
    await fileRow(page, "cover.png").getByText("Kept as a cover").waitFor();
    await fileRow(page, "sad.ogg").getByText("Your changes are saved.").waitFor({ timeout: 60_000 });

    await page.getByRole("link", { name: "Review release" }).click();
    await page.getByLabel("Title", { exact: true }).waitFor({ timeout: 60_000 });
    await page.getByRole("button", { name: "Publish", exact: true }).click();
    await page.locator('[data-state="live"]').waitFor({ timeout: 120_000 });
    await page
      .getByText(/ is live\.$/)
      .first()
      .waitFor();
    await page.getByRole("link", { name: "Open release" }).click();
    await page.getByText("Very Sad").first().waitFor();
    await assertHeardByAll(page.url(), "Very Sad");
    await leave();
  });

  it("waits for the last file when somebody publishes before it has been read", async () => {
    const { page, leave } = await signedIn();
    await atUpload(page);
    await slowLine(page);
    await upload(page, await house.material.song("early.flac", { title: "Early Bird", seconds: 40 }));
    await page.getByRole("link", { name: "Review release" }).click();
    await page.getByRole("button", { name: "Publish", exact: true }).click();
    await page.getByText(/It goes out as soon as the last file has been read/).waitFor();
    await fastLine(page);
    await page.locator('[data-state="live"]').waitFor({ timeout: 120_000 });
    await leave();
  });

  it("pauses between files, goes on, and finds again after a reload what had arrived", async () => {
    const { page, leave } = await signedIn();
    await atUpload(page);
    await slowLine(page);
    const paths = await Promise.all(["a", "b", "c"].map((name) => house.material.song(`${name}.flac`, { title: `Pause ${name}` })));
    await upload(page, ...paths);
    await page.getByRole("button", { name: "Pause all" }).click();
    await fastLine(page);
    for (const name of ["a.flac", "b.flac"]) await untilReady(page, name);
    await fileRow(page, "c.flac").getByText("Waiting its turn").waitFor();
    page.once("dialog", (dialog) => void dialog.accept());
    await page.reload();
    await page.getByRole("heading", { name: "Already here" }).waitFor();
    await fileRow(page, "Pause a").getByText("Ready, plays everywhere").waitFor();
    assert.equal(await fileRow(page, "Pause c").count(), 0);
    await leave();
  });

  it("takes odd pictures, and says of the others what is wrong with them", async () => {
    const { page, watch, leave } = await signedIn();
    watch.expect(refused);
    const { folder } = house.material;
    const good = [await picture(join(folder, "moving.gif")), await house.material.file("inks.jpg", cmykJpeg())];
    const bad = {
      "phone.heic": [await house.material.file("phone.heic", "\0\0\0\x18ftypheic\0\0\0\0mif1heic"), /format HEIC/i],
      "drawing.svg": [await house.material.file("drawing.svg", '<svg xmlns="http://www.w3.org/2000/svg"/>'), /\w+ \w+ \w+/],
      "page.jpg": [await house.material.file("page.jpg", "<!doctype html><script>alert(1)</script>"), /\w+ \w+ \w+/],
      "dot.png": [await picture(join(folder, "dot.png"), 2), /\d+/],
    } as const;
    await upload(page, ...good, ...Object.values(bad).map(([path]) => path));
    for (const name of ["moving.gif", "inks.jpg"]) await fileRow(page, name).getByText("Kept as a cover").waitFor();
    for (const [name, [, words]] of Object.entries(bad)) {
      const sentence = (await fileRow(page, name).getByRole("alert").textContent()) ?? "";
      assert.match(sentence, words, `${name}: ${sentence}`);
    }
    await leave();
  });

  it("loses nothing when two people save one release", async () => {
    const nina = aPerson();
    const first = await house.visitor();
    await signUp(first.page, nina);
    const slug = await releaseOf(first.page, "Shared Hours");
    const second = await house.visitor();
    await signIn(second.page, nina);
    second.watch.expect(/status of 409/);
    for (const { page } of [first, second]) {
      await page.goto(`/release/${slug}/edit`);
      await page.getByLabel("Title", { exact: true }).waitFor();
    }
    await first.page.getByLabel("Title", { exact: true }).fill("Their Hours");
    await first.page.getByLabel("Genre").fill("Choral");
    await first.page.getByRole("button", { name: "Save" }).click();
    await first.page.getByText("Everything is saved").waitFor();

    await second.page.getByLabel("Title", { exact: true }).fill("My Hours");
    await second.page.getByRole("button", { name: "Save" }).click();
    const dialog = second.page.getByRole("dialog", { name: "Somebody saved first" });
    await dialog.getByText(new RegExp(`${nina.displayName} saved this release on`)).waitFor();
    await dialog.getByText("Their Hours").waitFor();
    await dialog.getByText(/you did not touch it: .*Genre/).waitFor();
    await dialog.getByRole("button", { name: "Save like this" }).click();
    await second.page.getByText("Everything is saved").waitFor();
    assert.equal(await second.page.getByLabel("Title", { exact: true }).inputValue(), "My Hours");
    assert.equal(await second.page.getByLabel("Genre").inputValue(), "Choral");
    await first.leave();
    await second.leave();
  });

  it("holds on a phone, whatever a title is made of", async () => {
    const visitor = await house.visitor({ screen: "phone" });
    const { page } = visitor;
    await signUp(page, aPerson());
    const titles = ["W".repeat(255), "🌊".repeat(60), "ساعات الملح الطويلة جدا", "夜のバスは港へ行かない"];
    const songs = titles.map((title, i) => house.material.song(`odd ${i}.flac`, { title, artist: title, seconds: 5 }));
    await upload(page, ...(await Promise.all(songs)));
    for (const i of titles.keys()) await untilReady(page, `odd ${i}.flac`);
    await assertFits(page);
    const seen = [
      ["/upload/review", page.getByRole("button", { name: /^Publish/ })],
      ["/music?tab=tracks", page.getByRole("checkbox", { name: "Choose all" })],
    ] as const;
    for (const [path, sign] of seen) {
      await page.goto(path);
      await sign.waitFor();
      await assertFits(page);
    }
    await visitor.leave();
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

async function atUpload(page: Page): Promise<void> {
  await page.getByRole("link", { name: "Upload", exact: true }).first().click();
  await page.getByRole("heading", { name: "Upload" }).waitFor();
}

/** A line on which one can watch a file travel. */
async function slowLine(page: Page): Promise<void> {
  await line(page, 150_000);
}

async function fastLine(page: Page): Promise<void> {
  await line(page, -1);
}

/** The debugger that holds a page's line: each new one would pinch it once more. */
const holders = new WeakMap<Page, CDPSession>();

async function line(page: Page, uploadThroughput: number): Promise<void> {
  const devtools = holders.get(page) ?? (await page.context().newCDPSession(page));
  holders.set(page, devtools);
  await devtools.send("Network.enable");
  await devtools.send("Network.emulateNetworkConditions", { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput });
}

async function editTitle(page: Page, name: string, title: string): Promise<void> {
  await page.getByRole("button", { name: `Edit tags of ${name}` }).click();
  await page.getByLabel("Title", { exact: true }).fill(title);
  await page.getByRole("button", { name: "Save", exact: true }).click();
}

/** Uploads one song and publishes it as a release of that name; answers its address. */
async function releaseOf(page: Page, title: string): Promise<string> {
  await upload(page, await house.material.song("one.flac", { title, seconds: 8 }));
  await untilReady(page, "one.flac");
  await page.getByRole("link", { name: "Review release" }).click();
  await page.getByLabel("Title", { exact: true }).fill(title);
  await page.getByRole("button", { name: "Publish", exact: true }).click();
  const address = await page.getByRole("link", { name: "Open release" }).getAttribute("href");
  return address?.split("/").at(-1) ?? "";
}

async function assertHeardByAll(address: string, title: string): Promise<void> {
  const stranger = await house.visitor();
  await stranger.page.goto(address);
  await stranger.page
    .getByRole("button", { name: `Play ${title}` })
    .first()
    .click();
  await untilPlaying(stranger.page);
  await stranger.leave();
}
