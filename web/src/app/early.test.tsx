import { readFileSync } from "node:fs";
import { screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { fetchSigned } from "@/api/client";
import { beginSession } from "@/api/session";
import { open, page, quiet } from "@/testing/open";
import { aRelease } from "@/testing/releases";
import { aSession, serve } from "@/testing/server";

const [, script = ""] = /<script>([\s\S]*?)<\/script>/.exec(readFileSync("index.html", "utf8")) ?? [];

/** What the script in index.html asks for, opened at `pathname`. */
function askedAt(pathname: string): string[] {
  const asked: string[] = [];
  const note = async (address: string) => void asked.push(`http://localhost${address}`);
  new Function("location", "fetch", script)({ pathname }, note);
  globalThis.hathorEarly = undefined;
  return asked;
}

const [address = ""] = askedAt("/");
const early = () => new Map([[address.replace("http://localhost", ""), Promise.resolve(Response.json("early"))]]);
const late = { [`GET ${new URL(address).pathname}`]: () => ({ json: "late" }) };
const ask = async () => (await fetchSigned(address)).json();

it("asks before the program is here for what home shows", async () => {
  const asked = serve({ ...quiet, "GET /api/tracks": () => page([]) });
  open("/");
  await screen.findByRole("heading", { level: 1 });
  expect(askedAt("/")).toHaveLength(3);
  expect([...new Set(asked.map(({ url }) => url))]).toEqual(expect.arrayContaining(askedAt("/")));
});

it("asks before the program is here for the release that is opened", async () => {
  const asked = serve({ ...quiet, "GET /api/releases/salt-hours": () => ({ json: aRelease() }) });
  open("/release/salt-hours");
  await screen.findByRole("heading", { level: 1 });
  expect(askedAt("/release/salt-hours")).toHaveLength(1);
  expect(asked.map(({ url }) => url)).toEqual(expect.arrayContaining(askedAt("/release/salt-hours")));
});

it("asks nothing before it is known who somebody is", () => {
  localStorage.setItem("hathor.signed-in", "1");
  expect(askedAt("/")).toEqual([]);
});

it("gives such an answer to the first who asks", async () => {
  serve(late);
  vi.stubGlobal("hathorEarly", early());
  expect(await ask()).toBe("early");
  expect(await ask()).toBe("late");
});

it("gives it to no one who has signed in since", async () => {
  serve(late);
  vi.stubGlobal("hathorEarly", early());
  beginSession(aSession() as never);
  expect(await ask()).toBe("late");
});
