import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { Maker } from "../support/api.ts";
import { type Form, judge, type Scores } from "../support/lighthouse.ts";
import { aPerson } from "../support/people.ts";
import { stage } from "../support/stage.ts";

const house = stage();
/** Performance is judged with room for a machine's bad day; the rest does not depend on it. */
const LEAST: Record<Form, number> = { mobile: 85, desktop: 95 };

function isGood(scores: Scores, form: Form): boolean {
  return scores.performance >= LEAST[form] && scores.accessibility === 100 && scores["best-practices"] >= 95 && scores.seo >= 95;
}

describe("Lighthouse", () => {
  let release = "";

  before(async () => {
    const maker = await Maker.signUp(house.server.url, aPerson("maren"));
    const titles = ["Low Water", "Salt Hours", "Breakwater", "Isobar"];
    const songs = await Promise.all(titles.map((title, i) => house.material.song(`${i}.flac`, { title, seconds: 8 })));
    const tracks = await maker.upload(...songs.map((path) => ({ path })));
    const { slug } = await maker.publish({
      title: "Salt Hours",
      kind: "album",
      artists: [{ name: "Tide Choir" }],
      visibility: "public",
      tracks: tracks.map(({ id }, i) => ({ id, track_number: i + 1 })),
    });
    release = `/release/${slug}`;
  });

  for (const form of ["mobile", "desktop"] as const) {
    for (const page of ["home", "release"] as const) {
      it(`finds the page ${page} good on ${form}`, async (story) => {
        const { good, looks } = await judge(house.server.url + (page === "home" ? "/" : release), form, (scores) => isGood(scores, form));
        const found = looks.map(({ scores, losses }) => `${JSON.stringify(scores)}; points lost by ${losses.join(", ") || "nothing"}`);
        for (const look of found) story.diagnostic(`${page} on ${form}: ${look}`);
        assert.ok(good, `${page} on ${form}: ${found.join("\n")}`);
      });
    }
  }
});
