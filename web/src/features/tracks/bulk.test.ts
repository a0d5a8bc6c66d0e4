import { QueryClient } from "@tanstack/react-query";
import { act, renderHook } from "@testing-library/react";
import { expect, it } from "vitest";
import { someTracks } from "@/testing/releases";
import { aProblem, serve } from "@/testing/server";
import { removeAll, showAll } from "./bulk";
import { useSelection } from "./useSelection";

const tracks = someTracks();
const [one, two, three] = tracks.map(({ id }) => id) as [string, string, string];

it("changes many tracks, and one that is refused stops no other", async () => {
  const seen = serve({
    [`PATCH /api/tracks/${one}`]: () => ({ json: tracks[0] }),
    [`PATCH /api/tracks/${two}`]: () => ({ status: 409, json: aProblem({ status: 409 }) }),
    [`PATCH /api/tracks/${three}`]: () => ({ json: tracks[2] }),
  });
  const outcome = await showAll(new QueryClient(), tracks, "public");
  expect(outcome.done.map(({ id }) => id)).toEqual([one, three]);
  expect(outcome.refused.map(({ track }) => track.id)).toEqual([two]);
  expect(await seen[0]?.json()).toEqual({ visibility: "public", version: 1 });
});

it("deletes many tracks", async () => {
  const seen = serve(Object.fromEntries(tracks.map(({ id }) => [`DELETE /api/tracks/${id}`, () => ({ status: 204 })])));
  expect((await removeAll(new QueryClient(), tracks)).done).toHaveLength(3);
  expect(seen).toHaveLength(3);
});

it("chooses some, all or none, and forgets what left the list", () => {
  const { result, rerender } = renderHook(({ ids }) => useSelection(ids), { initialProps: { ids: [one, two, three] } });
  act(() => result.current.toggle(two));
  expect([...result.current.ids]).toEqual([two]);
  act(() => result.current.toggleAll([one, two, three]));
  expect(result.current.ids.size).toBe(3);
  rerender({ ids: [one] });
  expect([...result.current.ids]).toEqual([one]);
  act(() => result.current.toggleAll([one]));
  expect(result.current.ids.size).toBe(0);
});
