import { fireEvent, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import { beginSession, endSession } from "@/api/session";
import { open, page, quiet } from "@/testing/open";
import { aProblem, aSession, serve } from "@/testing/server";

const check = (status: string) => ({ status, response_time_ms: 3 });
const aHealth = (status: string, blobs: string) => ({
  status,
  timestamp: "2026-01-01T00:00:00Z",
  uptime: 7_300,
  version: "0.4.2",
  checks: { database: check("healthy"), bus: check("not_configured"), blobs: check(blobs), queue: check("healthy") },
});

describe("the shell", () => {
  beforeEach(async () => {
    localStorage.clear();
    serve({ "POST /api/auth/logout": () => ({ status: 204 }) });
    await endSession();
  });

  it("leads from any page to the search, by key and by Enter", async () => {
    serve({ "GET /api/tracks": () => page([]), "GET /api/search": () => ({ json: { tracks: [], artists: [], releases: [] } }) });
    const { router } = open("/");
    await screen.findByRole("heading", { name: "Nothing plays here yet" });
    await userEvent.keyboard("/");
    const field = screen.getByRole("textbox", { name: "Search" });
    expect(document.activeElement).toBe(field);
    await userEvent.type(field, "salt/?{Enter}");
    await waitFor(() => expect(router.state.location).toMatchObject({ pathname: "/search", search: { q: "salt/?" } }));
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it("shows every key on ?, unless keys of one sign are switched off", async () => {
    serve({ "GET /api/tracks": () => page([]) });
    const { engine } = open("/");
    await screen.findByRole("heading", { name: "Nothing plays here yet" });
    engine.set({ singleKeys: false });
    fireEvent.keyDown(document.body, { key: "?", shiftKey: true });
    expect(screen.queryByRole("dialog")).toBeNull();
    fireEvent.keyDown(document.body, { key: "k", ctrlKey: true });
    expect(document.activeElement).toBe(screen.getByRole("textbox", { name: "Search" }));
    engine.set({ singleKeys: true });
    fireEvent.keyDown(document.body, { key: "?", shiftKey: true });
    expect(await screen.findByRole("dialog", { name: "Keyboard shortcuts" })).toBeTruthy();
    expect(screen.getByText("Ahead 10 seconds")).toBeTruthy();
    await userEvent.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  });

  it("changes the name others see, and shows it at once", async () => {
    let sent: unknown;
    serve({
      ...quiet,
      "PATCH /api/me": async (request) => {
        sent = await request.json();
        return { json: { ...aSession().user, email: "n@x.org", display_name: "Nina Salt", created_at: "2026-01-01T00:00:00Z" } };
      },
    });
    beginSession(aSession() as never);
    open("/settings");
    const field = await screen.findByLabelText("Name others see");
    await userEvent.clear(field);
    await userEvent.type(field, "Nina Salt");
    await userEvent.click(screen.getByRole("button", { name: "Save" }));
    expect(await screen.findByRole("button", { name: "Nina Salt, account" })).toBeTruthy();
    expect(sent).toEqual({ display_name: "Nina Salt" });
  });

  it("says beside the name what is wrong with it", async () => {
    const errors = [{ field: "display_name", message: "needs 1 to 100 characters" }];
    serve({ ...quiet, "PATCH /api/me": () => ({ status: 422, json: aProblem({ errors }) }) });
    beginSession(aSession() as never);
    open("/settings?tab=profile");
    await userEvent.clear(await screen.findByLabelText("Name others see"));
    await userEvent.click(screen.getByRole("button", { name: "Save" }));
    expect(await screen.findByText("Needs 1 to 100 characters.")).toBeTruthy();
    expect(screen.getByRole("button", { name: "Nina, account" })).toBeTruthy();
  });

  it("lets strangers choose look and sound, and asks them in for the rest", async () => {
    serve({});
    open("/settings");
    await userEvent.click(await screen.findByRole("radio", { name: "Sycamore" }));
    expect(document.documentElement.dataset.realm).toBe("sycamore");
    await userEvent.click(screen.getByRole("link", { name: "Playback" }));
    expect(await screen.findByRole("slider", { name: "Crossfade" })).toBeTruthy();
    await userEvent.click(screen.getByRole("link", { name: "Profile" }));
    expect(await screen.findByRole("heading", { name: /once you sign in/ })).toBeTruthy();
  });

  it("tells how the server is, part by part, also when a part fails", async () => {
    serve({ "GET /api/health": () => ({ status: 503, json: aHealth("degraded", "unhealthy") }) });
    open("/about");
    expect(await screen.findByText("A part does not answer")).toBeTruthy();
    expect(screen.getByText("0.4.2")).toBeTruthy();
    expect(screen.getByText("2 hours")).toBeTruthy();
    expect(screen.getByText("File storage").closest("li")?.textContent).toContain("Does not answer");
    expect(screen.getByText("News between nodes").closest("li")?.textContent).toContain("Not in use");
  });
});
