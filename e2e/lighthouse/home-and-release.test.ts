import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { Maker } from "../support/api.ts";
import { type Form, judge } from "../support/lighthouse.ts";
import { aPerson } from "../support/people.ts";
import { stage } from "../support/stage.ts";

const house = stage();
const TIMES = 3;
/** Performance is judged with room for a machine's bad day; the rest does not depend on it. */
const LEAST: Record<Form, number> = { mobile: 85, desktop: 95 };

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
        const { scores, losses } = await judge(house.server.url + (page === "home" ? "/" : release), form, TIMES);
        story.diagnostic(`${page} on ${form}: ${JSON.stringify(scores)}; points lost by ${losses.join(", ") || "nothing"}`);
        const why = `${page} on ${form} lost points by ${losses.join(", ")}`;
        assert.ok(scores.performance >= LEAST[form], `performance ${scores.performance}; ${why}`);
        assert.equal(scores.accessibility, 100, why);
        assert.ok(scores["best-practices"] >= 95, `best practices ${scores["best-practices"]}; ${why}`);
        assert.ok(scores.seo >= 95, `search engines ${scores.seo}; ${why}`);
      });
    }
  }
});
