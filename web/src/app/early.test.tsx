import { readFileSync } from "node:fs";
import { screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { fetchSigned } from "@/api/client";
import { beginSession } from "@/api/session";
import { open, page, quiet } from "@/testing/open";
import { aSession, serve } from "@/testing/server";

/** What index.html asks for. */
const ADDRESSES = [...readFileSync("index.html", "utf8").matchAll(/"(\/api\/[^"]+)"/g)].map(([, address]) => `http://localhost${address}`);
const [address = ""] = ADDRESSES;
const early = () => new Map([[address.replace("http://localhost", ""), Promise.resolve(Response.json("early"))]]);
const late = { [`GET ${new URL(address).pathname}`]: () => ({ json: "late" }) };
const ask = async () => (await fetchSigned(address)).json();

it("asks before the program is here for what the first page shows", async () => {
  const asked = serve({ ...quiet, "GET /api/tracks": () => page([]) });
  open("/");
  await screen.findByRole("heading", { level: 1 });
  expect(ADDRESSES).toHaveLength(3);
  expect([...new Set(asked.map(({ url }) => url))]).toEqual(expect.arrayContaining(ADDRESSES));
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
