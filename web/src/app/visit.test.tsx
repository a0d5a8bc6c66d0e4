import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { beginSession, endSession } from "@/api/session";
import { open, page, quiet } from "@/testing/open";
import { aProblem, aSession, serve } from "@/testing/server";
import { aTrack } from "@/testing/tracks";

/** A line that carries files: answers `replies` in turn, and takes its time. */
function aLine(...replies: { status: number; body: unknown }[]) {
  class Request {
    upload: { onprogress?: (event: { loaded: number }) => void } = {};
    onload?: () => void;
    status = 0;
    responseText = "";
    open() {}
    setRequestHeader() {}
    abort() {}
    send(form: FormData) {
      const file = form.get("file") as File;
      const reply = replies.shift();
      this.upload.onprogress?.({ loaded: Math.floor(file.size / 2) });
      setTimeout(() => {
        this.status = reply?.status ?? 500;
        this.responseText = JSON.stringify(reply?.body);
        this.onload?.();
      }, 20);
    }
  }
  vi.stubGlobal("XMLHttpRequest", Request);
}

const signedIn = () => beginSession(aSession() as never);
const aFile = (name: string) => new File([name.repeat(400)], name, { type: "audio/flac" });

describe("a visit", () => {
  beforeEach(async () => {
    serve({ "POST /api/auth/logout": () => ({ status: 204 }) });
    await endSession();
  });

  it("uploads two files: one is on its way, the other is refused in the server's words", async () => {
    const track = aTrack({ state: "ready" });
    const refusal = aProblem({ code: "not_audio", title: "this is not one of the audio formats Hathor reads" });
    aLine({ status: 202, body: { tracks: [{ file_name: "a.flac", id: track.id, state: "received" }] } }, { status: 422, body: refusal });
    serve({ ...quiet, [`GET /api/tracks/${track.id}`]: () => ({ json: track }), "GET /api/tracks": () => page([track]) });
    signedIn();
    open("/upload");
    await screen.findByRole("heading", { name: "Upload" });
    await userEvent.upload(document.querySelector('input[type="file"]') as HTMLInputElement, [aFile("a.flac"), aFile("b.flac")]);
    expect(await screen.findByText("Ready, plays everywhere")).toBeTruthy();
    expect(await screen.findByText("This is not one of the audio formats Hathor reads.")).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: "Clear finished" }));
    expect(screen.queryByText("a.flac")).toBeNull();
  });

  it("signs out, and what belonged to the person is gone from the page", async () => {
    serve({ ...quiet, "GET /api/tracks": () => page([]), "POST /api/auth/logout": () => ({ status: 204 }) });
    signedIn();
    const { router } = open("/");
    await userEvent.click(await screen.findByRole("button", { name: "Nina, account" }));
    await userEvent.click(await screen.findByRole("menuitem", { name: "Sign out" }));
    expect(await screen.findByRole("link", { name: "Sign in" })).toBeTruthy();
    expect(await screen.findByText(/You are signed out/)).toBeTruthy();
    expect(router.state.location.pathname).toBe("/");
  });

  it("changes realm and light, and remembers them", async () => {
    serve({ "GET /api/tracks": () => page([]) });
    open("/");
    await userEvent.click(await screen.findByRole("button", { name: "Appearance" }));
    await userEvent.click(await screen.findByRole("menuitemradio", { name: "Carnelian" }));
    await userEvent.click(screen.getByRole("menuitemradio", { name: "Night" }));
    expect(document.documentElement.dataset).toMatchObject({ realm: "carnelian", mode: "dark" });
    expect(JSON.parse(localStorage.getItem("hathor.appearance") ?? "")).toEqual({ realm: "carnelian", mode: "dark" });
    await userEvent.click(screen.getByRole("menuitemradio", { name: "As the system" }));
    expect(document.documentElement.dataset.mode).toBeUndefined();
  });

  it("deletes a track only after the loss was named", async () => {
    const seen = serve({
      ...quiet,
      "GET /api/tracks": () => page([aTrack()]),
      [`DELETE /api/tracks/${"0".repeat(32)}`]: () => ({ status: 204 }),
    });
    signedIn();
    open("/music");
    await userEvent.click(await screen.findByRole("button", { name: "More about Salt Hours" }));
    await userEvent.click(await screen.findByRole("menuitem", { name: "Delete" }));
    expect(await screen.findByRole("dialog", { name: "Delete “Salt Hours”?" })).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: "Delete track" }));
    expect(await screen.findByText("“Salt Hours” is deleted.")).toBeTruthy();
    expect(seen.some((request) => request.method === "DELETE")).toBe(true);
    await waitFor(() => expect(screen.queryByRole("button", { name: "More about Salt Hours" })).toBeNull());
  });

  it("is told when somebody else changed the track meanwhile", async () => {
    serve({
      ...quiet,
      "GET /api/tracks": () => page([aTrack()]),
      [`GET /api/tracks/${"0".repeat(32)}`]: () => ({ json: aTrack() }),
      [`PATCH /api/tracks/${"0".repeat(32)}`]: () => ({ status: 409, json: aProblem({ status: 409, code: "conflict" }) }),
    });
    signedIn();
    open("/music");
    await userEvent.click(await screen.findByRole("button", { name: "More about Salt Hours" }));
    await userEvent.click(await screen.findByRole("menuitem", { name: "Edit" }));
    await userEvent.type(await screen.findByLabelText("Title"), ", again");
    await userEvent.click(await screen.findByRole("button", { name: "Save" }));
    expect((await screen.findByRole("alert")).textContent).toContain("was changed while you edited it");
  });

  it("hears at once that the connection is gone, and that it is back", async () => {
    serve({ "GET /api/tracks": () => page([]) });
    open("/");
    const online = vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
    window.dispatchEvent(new Event("offline"));
    expect(await screen.findByText(/You are offline/)).toBeTruthy();
    online.mockRestore();
    window.dispatchEvent(new Event("online"));
    await waitFor(() => expect(screen.queryByText(/You are offline/)).toBeNull());
  });
});
