import { cleanup, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import { beginSession, currentSession, endSession } from "@/api/session";
import { grant, open, page, quiet } from "@/testing/open";
import { aProblem, aSession, serve } from "@/testing/server";
import { aTrack } from "@/testing/tracks";

const signedIn = () => beginSession(aSession() as never);

describe("the app", () => {
  beforeEach(async () => {
    serve({ "POST /api/auth/logout": () => ({ status: 204 }) });
    await endSession();
  });

  it("shows the newest public music to a stranger, and plays it", async () => {
    serve({ "GET /api/tracks": () => page([aTrack({ visibility: "public" })]), [`POST /api/tracks/${"0".repeat(32)}/play`]: grant });
    open("/");
    await userEvent.click(await screen.findByRole("button", { name: "Play Salt Hours" }));
    expect(await screen.findByRole("region", { name: "Player" })).toBeTruthy();
    await waitFor(() => expect(screen.getByRole("button", { name: "Pause Salt Hours" })).toBeTruthy());
  });

  it("brings the next page of a long list when asked", async () => {
    const second = aTrack({ id: "2".repeat(32), title: "Second page", visibility: "public" });
    serve({
      "GET /api/tracks": (request) =>
        new URL(request.url).searchParams.get("cursor") === "next"
          ? page([second])
          : { json: { items: [aTrack({ visibility: "public" })], next_cursor: "next" } },
    });
    open("/");
    await userEvent.click(await screen.findByRole("button", { name: "Show more" }));
    expect(await screen.findByRole("link", { name: "Second page" })).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Show more" })).toBeNull();
  });

  it("says so when nothing is public yet", async () => {
    serve({ "GET /api/tracks": () => page([]) });
    open("/");
    expect(await screen.findByRole("heading", { name: "Nothing plays here yet" })).toBeTruthy();
  });

  it("names the request when the server fails, and asks again on demand", async () => {
    let broken = true;
    serve({ "GET /api/tracks": () => (broken ? { status: 500, json: aProblem({ status: 500, code: "internal" }) } : page([])) });
    open("/");
    expect(await screen.findByText("req-7")).toBeTruthy();
    broken = false;
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByRole("heading", { name: "Nothing plays here yet" })).toBeTruthy();
  });

  it("shows what is wrong with a field beside it", async () => {
    const errors = [{ field: "username", message: "this username is taken" }];
    serve({ "POST /api/auth/register": () => ({ status: 409, json: aProblem({ status: 409, code: "username_taken", errors }) }) });
    open("/register");
    await userEvent.type(await screen.findByLabelText("Username"), "nina");
    await userEvent.click(screen.getByRole("button", { name: "Create account" }));
    await waitFor(() => expect(screen.getByLabelText("Username").getAttribute("aria-invalid")).toBe("true"));
    expect(screen.getByText("This username is taken.")).toBeTruthy();
    expect(screen.queryByRole("alert")).toBeNull();
  });

  it("signs in and goes where one wanted to go", async () => {
    const seen = serve({ ...quiet, "POST /api/auth/login": () => ({ json: aSession() }), "GET /api/tracks": () => page([]) });
    const { router } = open("/music");
    await userEvent.click((await screen.findAllByRole("link", { name: "Sign in" })).at(-1) as HTMLElement);
    await userEvent.type(await screen.findByLabelText("Username or e-mail"), "nina");
    await userEvent.type(screen.getByLabelText("Password"), "Correct-horse-7");
    await userEvent.click(screen.getByRole("button", { name: "Sign in" }));
    await waitFor(() => expect(router.state.location.pathname).toBe("/music"));
    expect(currentSession()).toMatchObject({ is: "signedIn" });
    const login = seen.find((request) => request.url.endsWith("/login"));
    expect(await login?.json()).toEqual({ login: "nina", password: "Correct-horse-7" });
  });

  it("says in words why a track failed, and tries again", async () => {
    const failure = { stage: "transcoding", reason: "worker_lost", message: "the worker was stopped", retryable: true };
    let state = "failed";
    const seen = serve({
      ...quiet,
      "GET /api/tracks": () => page([aTrack({ state, failure: state === "failed" ? failure : null } as never)]),
      [`POST /api/tracks/${"0".repeat(32)}/retry`]: () => {
        state = "received";
        return { status: 202, json: {} };
      },
    });
    signedIn();
    open("/music");
    expect(await screen.findByText("The worker was stopped.")).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByText("Received, waiting its turn")).toBeTruthy();
    expect(seen.some((request) => request.url.endsWith("/retry"))).toBe(true);
  });

  it("follows a track on its way by server-sent events", async () => {
    const events = new TextEncoder().encode(
      `event: track.progress\ndata: ${JSON.stringify(aTrack({ state: "transcoding", progress: 55, updated_at: "2026-11-21T10:00:01Z" }))}\n\n`,
    );
    serve({ "GET /api/tracks": () => page([aTrack({ state: "received" })]) });
    const answers = globalThis.fetch;
    globalThis.fetch = async (input, init) => {
      if (!new Request(input, init).url.endsWith("/api/events")) return answers(input, init);
      await waitFor(() => screen.getByText("Received, waiting its turn"));
      const body = new ReadableStream({
        start: (controller) => void setTimeout(() => controller.enqueue(events), 300),
      });
      return new Response(body, { status: 200 });
    };
    signedIn();
    open("/music");
    expect(await screen.findByText("Transcoding, 55 %", {}, { timeout: 4_000 })).toBeTruthy();
  });

  it("edits a title and who hears it, with the version it started from", async () => {
    const path = `/api/tracks/${"0".repeat(32)}`;
    const seen = serve({
      ...quiet,
      "GET /api/tracks": () => page([aTrack()]),
      [`GET ${path}`]: () => ({ json: aTrack() }),
      [`PATCH ${path}`]: () => ({
        json: aTrack({ title: "New name", visibility: "public", version: 2, updated_at: "2026-11-21T11:00:00Z" }),
      }),
    });
    signedIn();
    open("/music");
    await userEvent.click(await screen.findByRole("button", { name: "More about Salt Hours" }));
    await userEvent.click(await screen.findByRole("menuitem", { name: "Edit" }));
    const title = await screen.findByLabelText("Title");
    await userEvent.clear(title);
    await userEvent.type(title, "New name");
    await userEvent.click(screen.getByRole("radio", { name: /Public/ }));
    await userEvent.click(screen.getByRole("button", { name: "Save" }));
    expect(await screen.findByRole("link", { name: "New name" })).toBeTruthy();
    const patch = seen.find((request) => request.method === "PATCH");
    expect(await patch?.json()).toEqual({ title: "New name", visibility: "public", version: 1 });
  });

  it("answers an unknown address and a private track alike", async () => {
    serve({});
    for (const path of ["/nowhere", `/track/${"f".repeat(32)}`]) {
      open(path);
      expect(await screen.findByRole("heading", { name: "Nothing stands here" })).toBeTruthy();
      cleanup();
    }
  });
});
