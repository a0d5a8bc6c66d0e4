import { expect, it } from "vitest";
import { type Grant, Grants } from "./grants";

function counting(grant: Partial<Grant>, lifeMs = 600_000) {
  let minted = 0;
  const grants = new Grants(async () => {
    minted += 1;
    return { url: "/orig", hls_url: "/hls", ...grant, expires_at: new Date(Date.now() + lifeMs).toISOString() } as Grant;
  });
  return { grants, minted: () => minted };
}

it("keeps the leave to hear a track until it is about to expire", async () => {
  const { grants, minted } = counting({});
  await grants.get("a");
  await grants.get("a");
  expect(minted()).toBe(1);
  await grants.get("b");
  expect(minted()).toBe(2);
});

it("asks anew when little life is left", async () => {
  const { grants, minted } = counting({}, 10_000);
  await grants.get("a");
  await grants.get("a");
  expect(minted()).toBe(2);
});

it("asks anew while there is no HLS, since the track may be ready by now", async () => {
  const { grants, minted } = counting({ hls_url: null });
  await grants.get("a");
  await grants.get("a");
  expect(minted()).toBe(2);
});

it("forgets what was open to somebody else", async () => {
  const { grants, minted } = counting({});
  await grants.get("a");
  grants.clear();
  await grants.get("a");
  expect(minted()).toBe(2);
});
