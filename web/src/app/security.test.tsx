import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { beginSession, currentSession, endSession } from "@/api/session";
import { anArtist } from "@/testing/artists";
import { open, quiet } from "@/testing/open";
import { aProblem, aSession, serve } from "@/testing/server";

const list = (...items: unknown[]) => ({ json: { items, next_cursor: null } });
const refused = (status: number, code: string, more = {}) => ({ status, json: aProblem({ status, code, ...more }) });
const aDevice = (different = {}) => ({
  id: "s1",
  device: "Firefox on Linux",
  agent: "Mozilla/5.0",
  created_at: "2026-11-20T10:00:00Z",
  last_used_at: new Date().toISOString(),
  current: true,
  ...different,
});
const FACTORS = { password: true, totp: null, recovery_codes_left: 0, passkeys: [], passkeys_offered: true };
const QR = '<svg xmlns="http://www.w3.org/2000/svg"/>';

const me = { ...aSession().user, email: "nina@example.org", email_verified: true, must_verify: true, pending_email: null };
const rooms = (different: Parameters<typeof serve>[0] = {}) => ({
  ...quiet,
  "GET /api/auth/options": () => ({
    json: { registration: "open", minimum_age: null, verify_email: true, providers: [{ id: "kc", name: "Keycloak" }], passkeys: true },
  }),
  "GET /api/me": () => ({ json: me }),
  "GET /api/me/factors": () => ({ json: FACTORS }),
  "GET /api/me/sessions": () => list(aDevice(), aDevice({ id: "s2", device: "Safari on iPhone", current: false })),
  "GET /api/me/linked": () => list(),
  "GET /api/me/app-keys": () => list(),
  ...different,
});

function enter(path: string, different: Record<string, unknown> = {}) {
  beginSession({ ...aSession(), user: { ...me, ...different } } as never);
  return open(path);
}

const button = (name: string | RegExp) => screen.findByRole("button", { name });
const press = async (name: string | RegExp) => userEvent.click(await button(name));
const bodyOf = (seen: Request[], method: string, path: string) =>
  seen.findLast((request) => request.method === method && new URL(request.url).pathname === path)?.json();

describe("what guards an account", () => {
  beforeEach(async () => {
    serve({ "POST /api/auth/logout": () => ({ status: 204 }) });
    await endSession();
  });

  it("is changed after one more proof, which is asked for over the page", async () => {
    let fresh = false;
    const seen = serve(
      rooms({
        "POST /api/me/step-up": async (request) => {
          fresh = (await request.clone().json()).password === "right";
          return fresh
            ? { json: { fresh_until: "2026-11-21T12:00:00Z" } }
            : refused(401, "bad_credentials", { title: "login or password is wrong" });
        },
        "PUT /api/me/password": () => (fresh ? { status: 204 } : refused(403, "step_up_required")),
      }),
    );
    enter("/settings?tab=security");
    await press("Change password");
    await userEvent.type(screen.getByLabelText("New password"), "four words in a row");
    await press("Save password");
    const dialog = within(await screen.findByRole("dialog", { name: "Is it still you?" }));
    await userEvent.type(await dialog.findByLabelText("Password"), "wrong");
    await userEvent.click(dialog.getByRole("button", { name: "Go on" }));
    expect(await dialog.findByText("Login or password is wrong.")).toBeTruthy();
    await userEvent.clear(dialog.getByLabelText("Password"));
    await userEvent.type(dialog.getByLabelText("Password"), "right{Enter}");
    expect(await screen.findByText(/The password is changed/)).toBeTruthy();
    expect(await bodyOf(seen, "PUT", "/api/me/password")).toEqual({ password: "four words in a row" });
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it("stays as it is for those who would rather not prove it", async () => {
    serve(rooms({ "POST /api/me/deletion": () => refused(403, "step_up_required", { title: "prove once more that it is you" }) }));
    enter("/settings?tab=security");
    await press("Delete account");
    await userEvent.click(within(await screen.findByRole("dialog")).getByRole("button", { name: "Delete account" }));
    const proof = within(await screen.findByRole("dialog", { name: "Is it still you?" }));
    await userEvent.click(await proof.findByRole("button", { name: "Cancel" }));
    expect(await screen.findByText("Prove once more that it is you.")).toBeTruthy();
    expect(currentSession()).not.toMatchObject({ user: { deletion_at: expect.anything() } });
  });

  it("gets an app: a picture to scan, its secret in words, a code, and ten codes to keep", async () => {
    const codes = Array.from({ length: 10 }, (_, i) => `code-${i}`);
    let confirmed = false;
    const seen = serve(
      rooms({
        "GET /api/me/factors": () => ({
          json: confirmed ? { ...FACTORS, totp: { created_at: "2026-11-21T10:00:00Z" }, recovery_codes_left: 10 } : FACTORS,
        }),
        "POST /api/me/factors/totp": () => ({ json: { secret: "ABCDEFGH", uri: "otpauth://totp/x", qr_svg: QR } }),
        "POST /api/me/factors/totp/confirm": async (request) => {
          confirmed = (await request.clone().json()).code === "654321";
          if (confirmed) return { json: { recovery_codes: codes } };
          return refused(422, "invalid", { errors: [{ field: "code", message: "this code is not right" }] });
        },
      }),
    );
    enter("/settings?tab=security");
    await press("Set up an app");
    const picture = await screen.findByRole("img", { name: "QR code for the authenticator app" });
    expect(picture.getAttribute("src")).toBe(`data:image/svg+xml,${encodeURIComponent(QR)}`);
    expect(screen.getByText("ABCD EFGH")).toBeTruthy();
    await userEvent.type(screen.getByLabelText("Code from your app"), "111111");
    expect(await screen.findByText("This code is not right.")).toBeTruthy();
    await userEvent.clear(screen.getByLabelText("Code from your app"));
    await userEvent.type(screen.getByLabelText("Code from your app"), "654321");
    const kept = await screen.findByRole("list", { name: "Recovery codes" });
    expect(
      within(kept)
        .getAllByRole("listitem")
        .map(({ textContent }) => textContent),
    ).toEqual(codes);
    const writeText = vi.fn(async (_: string) => undefined);
    Object.defineProperty(navigator, "clipboard", { value: { writeText }, configurable: true });
    await userEvent.click(screen.getByRole("button", { name: "Copy" }));
    expect(writeText).toHaveBeenCalledWith(codes.join("\n"));
    Reflect.deleteProperty(navigator, "clipboard");
    await press("I have kept them");
    expect(await screen.findByText("10 left")).toBeTruthy();
    expect(seen.filter(({ url, method }) => method === "POST" && url.endsWith("/factors/totp"))).toHaveLength(1);
  });

  it("lists the devices, signs one out, and then all others", async () => {
    let devices = [aDevice(), aDevice({ id: "s2", device: "Safari on iPhone", current: false }), aDevice({ id: "s3", current: false })];
    const seen = serve(
      rooms({
        "GET /api/me/sessions": () => list(...devices),
        "DELETE /api/me/sessions/s2": () => {
          devices = devices.filter(({ id }) => id !== "s2");
          return { status: 204 };
        },
        "DELETE /api/me/sessions": () => {
          devices = devices.slice(0, 1);
          return { status: 204 };
        },
      }),
    );
    enter("/settings?tab=security");
    const shown = within(await screen.findByRole("list", { name: "Devices" }));
    expect(shown.getByText("This device")).toBeTruthy();
    await userEvent.click(shown.getByRole("button", { name: "Sign out Safari on iPhone" }));
    await waitFor(() => expect(shown.getAllByRole("listitem")).toHaveLength(2));
    await press("Sign out all others");
    await userEvent.click(within(await screen.findByRole("dialog")).getByRole("button", { name: "Sign out all others" }));
    await waitFor(() => expect(shown.getAllByRole("listitem")).toHaveLength(1));
    expect(seen.some(({ url }) => url.endsWith("/api/me/sessions?keep_current=true"))).toBe(true);
  });

  it("shows a move to another address until both agree, and calls it off", async () => {
    serve(
      rooms({
        "POST /api/me/email": () => ({ status: 202, json: {} }),
        "DELETE /api/me/email": () => ({ status: 204 }),
      }),
    );
    enter("/settings?tab=security");
    await press("Change address");
    await userEvent.type(screen.getByLabelText("New address"), "new@example.org");
    await press("Send the letters");
    expect(await screen.findByText(/You asked to move to new@example.org/)).toBeTruthy();
    await press("Stay with the old address");
    await waitFor(() => expect(screen.queryByText(/You asked to move/)).toBeNull());
  });

  it("tells an app's password once", async () => {
    const seen = serve(
      rooms({ "POST /api/me/app-keys": () => ({ status: 201, json: { id: "k", name: "Feishin", scopes: ["read"], secret: "hk_1234" } }) }),
    );
    enter("/settings?tab=apps");
    expect(await screen.findByText("No app has a password of its own.")).toBeTruthy();
    await press("New app password");
    await userEvent.type(screen.getByLabelText("Name"), "Feishin");
    await userEvent.click(screen.getByRole("checkbox", { name: /Subsonic players/ }));
    await press("Make password");
    expect(await screen.findByText("hk_1234")).toBeTruthy();
    await press("I have kept it");
    expect(screen.queryByText("hk_1234")).toBeNull();
    expect(await bodyOf(seen, "POST", "/api/me/app-keys")).toEqual({ name: "Feishin", scopes: ["read", "stream", "subsonic"] });
  });

  it("renames a passkey, and refuses to lose the last way in", async () => {
    const passkey = { id: "p1", name: "Phone", created_at: "2026-11-20T10:00:00Z", last_used_at: null };
    const seen = serve(
      rooms({
        "GET /api/me/factors": () => ({ json: { ...FACTORS, passkeys: [passkey] } }),
        "PATCH /api/me/factors/passkeys/p1": () => ({ json: passkey }),
        "DELETE /api/me/factors/passkeys/p1": () => refused(409, "last_way_in", { title: "nothing else opens your account" }),
      }),
    );
    enter("/settings?tab=security");
    await press("Rename Phone");
    await userEvent.clear(screen.getByLabelText("Name"));
    await userEvent.type(screen.getByLabelText("Name"), "Old phone{Enter}");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(await bodyOf(seen, "PATCH", "/api/me/factors/passkeys/p1")).toEqual({ name: "Old phone" });
    await press("Remove Phone");
    await press("Remove passkey");
    expect(await screen.findByText("Nothing else opens your account.")).toBeTruthy();
  });

  it("says over every page that it is about to go, and lets one think better of it", async () => {
    const seen = serve(rooms({ "DELETE /api/me/deletion": () => ({ status: 204 }) }));
    enter("/about", { deletion_at: "2026-12-05T10:00:00Z" });
    expect(await screen.findByText(/Your account goes on December 5, 2026/)).toBeTruthy();
    await press("Keep my account");
    await waitFor(() => expect(screen.queryByText(/Your account goes on/)).toBeNull());
    expect(seen.some(({ method, url }) => method === "DELETE" && url.endsWith("/api/me/deletion"))).toBe(true);
  });

  it("asks for a proof of the address until it is given", async () => {
    serve(rooms());
    const { router } = enter("/about", { email_verified: false });
    await userEvent.click(await screen.findByRole("link", { name: "Confirm" }));
    await waitFor(() => expect(router.state.location.pathname).toBe("/verify-email"));
    expect(await screen.findByText(/went to nina@example.org/)).toBeTruthy();
    expect(screen.queryByText(/until then you can listen/)).toBeNull();
  });

  it("gives the focus back to what asked a question", async () => {
    serve(rooms());
    enter("/settings?tab=security");
    const asked = await button("Delete account");
    await userEvent.click(asked);
    await screen.findByRole("dialog");
    await userEvent.keyboard("{Escape}");
    await waitFor(() => expect(document.activeElement).toBe(asked));
  });

  it("says what did not come, and asks again on demand", async () => {
    let broken = true;
    serve(rooms({ "GET /api/me/app-keys": () => (broken ? refused(503, "unavailable") : list()) }));
    enter("/settings?tab=apps");
    const again = await button("Try again");
    broken = false;
    await userEvent.click(again);
    expect(await screen.findByText("No app has a password of its own.")).toBeTruthy();
  });
});

describe("people", () => {
  const nina = {
    id: me.id,
    username: "nina",
    display_name: "Nina",
    bio: "Tape and tides.",
    location: "Aarhus",
    links: [{ label: "Site", url: "https://nina.example" }],
    avatar: null,
    banner: null,
    artists: [{ id: "a".repeat(32), slug: "tide-choir", name: "Tide Choir" }],
    joined_at: "2025-03-01T10:00:00Z",
  };

  beforeEach(async () => {
    serve({ "POST /api/auth/logout": () => ({ status: 204 }) });
    await endSession();
  });

  it("are seen by everybody, and found under their present name", async () => {
    serve({ "GET /api/users/old-nina": () => ({ json: nina }), "GET /api/users/nina": () => ({ json: nina }) });
    const { router } = open("/user/old-nina");
    expect(await screen.findByRole("heading", { name: "Nina" })).toBeTruthy();
    expect(screen.getByText("Tape and tides.")).toBeTruthy();
    expect(screen.getByRole("link", { name: "Tide Choir" }).getAttribute("href")).toBe("/artist/tide-choir");
    expect(screen.getByRole("link", { name: "Site" }).getAttribute("rel")).toContain("noopener");
    await waitFor(() => expect(router.state.location.pathname).toBe("/user/nina"));
    expect(screen.queryByRole("link", { name: "Edit profile" })).toBeNull();
  });

  it("that nobody is are answered as everything else that is not there", async () => {
    serve({});
    open("/user/nobody");
    expect(await screen.findByRole("heading", { name: "Nothing stands here" })).toBeTruthy();
  });

  it("change their name and see its address before", async () => {
    const seen = serve(rooms({ "POST /api/me/username": () => ({ json: { ...me, username: "nina.salt" } }) }));
    enter("/settings");
    await press("Change username");
    const field = screen.getByRole("textbox", { name: "Username" });
    await userEvent.clear(field);
    await userEvent.type(field, "nina.salt");
    expect(screen.getByText(`${location.host}/user/nina.salt`)).toBeTruthy();
    await press("Change username");
    expect(await screen.findByText("Your username is changed.")).toBeTruthy();
    expect(await bodyOf(seen, "POST", "/api/me/username")).toEqual({ username: "nina.salt" });
    expect(currentSession()).toMatchObject({ user: { username: "nina.salt" } });
  });

  it("name a link after its host when they give it no name", async () => {
    const seen = serve(rooms({ "PATCH /api/me": async (request) => ({ json: { ...me, ...(await request.json()) } }) }));
    enter("/settings");
    await press("Add a link");
    await userEvent.type(screen.getByLabelText("Address of link 1"), "https://tapes.example/nina");
    await press("Save");
    expect(await screen.findByText("Your profile is saved.")).toBeTruthy();
    expect(await bodyOf(seen, "PATCH", "/api/me")).toEqual({ links: [{ label: "tapes.example", url: "https://tapes.example/nina" }] });
  });

  it("let others in to act for an artist, change what they may, and refuse to leave nobody", async () => {
    const id = "a".repeat(32);
    let members = [{ user_id: me.id, username: "nina", display_name: "Nina", role: "owner", since: "2026-01-01T00:00:00Z" }];
    const path = `/api/artists/${id}/members`;
    const seen = serve(
      rooms({
        "GET /api/artists/tide-choir": () => ({ json: anArtist({ id, role: "owner" } as never) }),
        [`GET ${path}`]: () => ({ json: { items: members } }),
        [`POST ${path}`]: async (request) => {
          members = [
            ...members,
            { ...(await request.clone().json()), user_id: "2".repeat(32), display_name: "Maren", since: "2026-01-02T00:00:00Z" },
          ];
          return { status: 201, json: members[1] };
        },
        [`PATCH ${path}/${"2".repeat(32)}`]: () => ({ json: members[1] }),
        [`DELETE ${path}/${me.id}`]: () => refused(409, "last_owner", { title: "somebody must own it" }),
      }),
    );
    enter("/artist/tide-choir/people");
    await userEvent.type(await screen.findByLabelText("Username"), "maren");
    await press("Add");
    expect(await screen.findByText("maren may act for Tide Choir now.")).toBeTruthy();
    expect(await bodyOf(seen, "POST", path)).toEqual({ username: "maren", role: "editor" });
    await userEvent.selectOptions(await screen.findByLabelText("What Maren may do"), "Manager");
    expect(await bodyOf(seen, "PATCH", `${path}/${"2".repeat(32)}`)).toEqual({ role: "manager" });
    await press("Leave");
    await userEvent.click(within(await screen.findByRole("dialog")).getByRole("button", { name: "Leave" }));
    expect(await screen.findByText("Somebody must own it.")).toBeTruthy();
  });

  it("invite others, and hand on an address that is shown once", async () => {
    const invite = {
      id: "i1",
      note: "Maren",
      uses: 1,
      used: 0,
      state: "open",
      created_at: "2026-11-21T10:00:00Z",
      expires_at: "2026-11-28T10:00:00Z",
    };
    const seen = serve(
      rooms({
        "GET /api/invites": () => list(invite),
        "POST /api/invites": () => ({ status: 201, json: { ...invite, code: "c", url: "https://hathor.example/register#invite=c" } }),
      }),
    );
    enter("/settings?tab=invites");
    expect(await screen.findByText(/0 of 1 came/)).toBeTruthy();
    await press("New invitation");
    await userEvent.type(screen.getByLabelText("For whom"), "Maren");
    await press("Make invitation");
    expect(await screen.findByText("https://hathor.example/register#invite=c")).toBeTruthy();
    expect(await bodyOf(seen, "POST", "/api/invites")).toEqual({ note: "Maren", uses: 1, expires_in_days: 7 });
  });
});

describe("administration", () => {
  const account = {
    ...me,
    id: "2".repeat(32),
    username: "maren",
    display_name: "Maren",
    banned_at: null,
    ban_reason: null,
    created_at: "2026-01-01T00:00:00Z",
    last_used_at: null,
  };

  beforeEach(async () => {
    serve({ "POST /api/auth/logout": () => ({ status: 204 }) });
    await endSession();
  });

  it("is not for everybody", async () => {
    serve(rooms());
    enter("/admin");
    expect(await screen.findByText("This is for the administrators of this server.")).toBeTruthy();
  });

  it("finds accounts, gives roles and bans with a reason", async () => {
    const seen = serve(
      rooms({ "GET /api/admin/users": () => list(account), [`PATCH /api/admin/users/${account.id}`]: () => ({ json: account }) }),
    );
    enter("/admin", { role: "admin" });
    await userEvent.type(await screen.findByLabelText("Part of a username or an address"), "mar{Enter}");
    await waitFor(() => expect(seen.some(({ url }) => url.includes("q=mar"))).toBe(true));
    await userEvent.selectOptions(await screen.findByLabelText("Role of maren"), "Moderator");
    expect(await bodyOf(seen, "PATCH", `/api/admin/users/${account.id}`)).toEqual({ role: "moderator" });
    await press("Ban maren");
    await userEvent.type(screen.getByLabelText("What they are told"), "Spam");
    await press("Ban");
    await waitFor(async () =>
      expect(await bodyOf(seen.slice(-3), "PATCH", `/api/admin/users/${account.id}`)).toEqual({ banned: true, ban_reason: "Spam" }),
    );
  });

  it("reads what happened, filtered, and takes it home as a file", async () => {
    const row = {
      seq: 1,
      at: "2026-11-21T10:00:00Z",
      actor: { id: me.id, username: "nina" },
      action: "session.opened",
      subject: { kind: "account", id: me.id, name: "nina" },
      ip: "203.0.113.7",
      agent: null,
      changes: { role: ["user", "admin"] },
      erased: false,
    };
    const seen = serve(rooms({ "GET /api/admin/audit": () => list(row), "GET /api/admin/audit.csv": () => ({ json: "seq" }) }));
    URL.createObjectURL = vi.fn(() => "blob:x");
    URL.revokeObjectURL = vi.fn();
    enter("/admin?tab=audit", { role: "admin" });
    expect(await screen.findByText("session.opened")).toBeTruthy();
    await userEvent.type(screen.getByLabelText("What"), "session.opened{Enter}");
    await waitFor(() => expect(seen.some(({ url }) => url.includes("action=session.opened"))).toBe(true));
    await press("All of it as CSV");
    await waitFor(() => expect(URL.createObjectURL).toHaveBeenCalledOnce());
    expect(seen.at(-1)?.url).toContain("/api/admin/audit.csv?action=session.opened");
  });

  it("reads the letters of a server without a mail server", async () => {
    const letter = { id: "7".repeat(32), at: "2026-11-21T10:00:00Z", to: "maren@example.org", subject: "Confirm your address" };
    const read = { ...letter, text: "The code is 123456.", html: "<p>The code is 123456.</p>" };
    serve(rooms({ "GET /api/admin/outbox": () => list(letter), [`GET /api/admin/outbox/${letter.id}`]: () => ({ json: read }) }));
    enter("/admin?tab=letters", { role: "admin" });
    await userEvent.click(await screen.findByText("Confirm your address"));
    expect(await screen.findByText("The code is 123456.")).toBeTruthy();
  });

  it("says where letters are when none stay here", async () => {
    serve(rooms({ "GET /api/admin/outbox": () => ({ status: 404, json: aProblem({ status: 404, code: "not_found" }) }) }));
    enter("/admin?tab=letters", { role: "admin" });
    expect(await screen.findByRole("heading", { name: "Letters go out" })).toBeTruthy();
  });
});
