import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { beginSession, endSession } from "@/api/session";
import { open, page, quiet } from "@/testing/open";
import { aProblem, aSession, serve } from "@/testing/server";

const list = (...items: unknown[]) => ({ json: { items, next_cursor: null } });
const refused = (status: number, code: string, more = {}) => ({ status, json: aProblem({ status, code, ...more }) });
const me = { ...aSession().user, email: "nina@example.org", email_verified: true, must_verify: true, pending_email: null };
const FACTORS = { password: true, totp: null, recovery_codes_left: 0, passkeys: [], passkeys_offered: true };
const PASSKEY = { id: "p1", name: "Phone", created_at: "2026-11-20T10:00:00Z", last_used_at: null };
const CODES = ["aaaaa-bbbbb", "ccccc-ddddd"];

const rooms = (different: Parameters<typeof serve>[0] = {}) => ({
  ...quiet,
  "GET /api/tracks": () => page([]),
  "GET /api/auth/options": () => ({
    json: { registration: "open", minimum_age: null, verify_email: true, providers: [{ id: "kc", name: "Keycloak" }], passkeys: true },
  }),
  "GET /api/me": () => ({ json: me }),
  "GET /api/me/factors": () => ({ json: FACTORS }),
  "GET /api/me/sessions": () => list(),
  "GET /api/me/linked": () => list(),
  ...different,
});

function enter(path: string) {
  beginSession({ ...aSession(), user: me } as never);
  return open(path);
}

const press = async (name: string | RegExp) => userEvent.click(await screen.findByRole("button", { name }));
const inDialog = async (name: string) => userEvent.click(await within(await screen.findByRole("dialog")).findByRole("button", { name }));
const asked = (seen: Request[], method: string, path: string) =>
  seen.some((request) => request.method === method && new URL(request.url).pathname === path);

/** A browser whose device makes passkeys. */
function giveDevice() {
  const bytes = new ArrayBuffer(1);
  class Made {
    clientDataJSON = bytes;
    attestationObject = bytes;
  }
  vi.stubGlobal("PublicKeyCredential", {});
  vi.stubGlobal("AuthenticatorAttestationResponse", Made);
  const create = vi.fn(async () => ({ id: "k", rawId: bytes, type: "public-key", authenticatorAttachment: null, response: new Made() }));
  Object.defineProperty(navigator, "credentials", { value: { create }, configurable: true });
  return () => {
    Reflect.deleteProperty(navigator, "credentials");
    vi.stubGlobal("PublicKeyCredential", undefined);
  };
}

describe("ways into an account", () => {
  beforeEach(async () => {
    serve({ "POST /api/auth/logout": () => ({ status: 204 }) });
    await endSession();
  });

  it("grow by a passkey, and the first brings codes to keep", async () => {
    const takeBack = giveDevice();
    let made = false;
    const seen = serve(
      rooms({
        "GET /api/me/factors": () => ({ json: { ...FACTORS, passkeys: made ? [PASSKEY] : [] } }),
        "POST /api/me/factors/passkeys/begin": () => ({
          json: { ceremony: "c".repeat(32), options: { challenge: "AQ", rp: { id: "x", name: "X" }, user: { id: "AQ" } } },
        }),
        "POST /api/me/factors/passkeys": () => {
          made = true;
          return { status: 201, json: { ...PASSKEY, recovery_codes: CODES } };
        },
      }),
    );
    enter("/settings?tab=security");
    await press("Add a passkey");
    const name = screen.getByLabelText("Name");
    await userEvent.clear(name);
    await userEvent.type(name, "Phone");
    await press("Go on");
    expect(await screen.findByText("aaaaa-bbbbb")).toBeTruthy();
    await press("I have kept them");
    expect(within(await screen.findByRole("list", { name: "Passkeys" })).getByText("Phone")).toBeTruthy();
    const body = await seen.find(({ url }) => url.endsWith("/factors/passkeys"))?.json();
    expect(body).toMatchObject({ ceremony: "c".repeat(32), name: "Phone", credential: { id: "k" } });
    takeBack();
  });

  it("lose a passkey and an app only after the loss was named, and get new codes in place of the old", async () => {
    let factors: object = { ...FACTORS, passkeys: [PASSKEY], totp: { created_at: "2026-11-20T10:00:00Z" }, recovery_codes_left: 1 };
    serve(
      rooms({
        "GET /api/me/factors": () => ({ json: factors }),
        "DELETE /api/me/factors/passkeys/p1": () => {
          factors = { ...factors, passkeys: [] };
          return { status: 204 };
        },
        "POST /api/me/factors/recovery-codes": () => {
          factors = { ...factors, recovery_codes_left: 10 };
          return { json: { recovery_codes: CODES } };
        },
        "DELETE /api/me/factors/totp": () => {
          factors = { ...factors, totp: null };
          return { status: 204 };
        },
      }),
    );
    enter("/settings?tab=security");
    await press("Remove Phone");
    await inDialog("Remove passkey");
    await waitFor(() => expect(screen.queryByRole("list", { name: "Passkeys" })).toBeNull());
    expect(screen.getByText("1 left")).toBeTruthy();
    await press("New codes");
    await inDialog("New codes");
    expect(await screen.findByText("ccccc-ddddd")).toBeTruthy();
    await press("I have kept them");
    expect(await screen.findByText("10 left")).toBeTruthy();
    await press("Remove");
    await inDialog("Remove");
    expect(await screen.findByRole("button", { name: "Set up an app" })).toBeTruthy();
  });

  it("lead elsewhere and back, and can be closed", async () => {
    const linked = { provider: "kc", name: "Keycloak", email: "n@kc.example", linked_at: "2026-11-20T10:00:00Z", usable: true };
    let items: unknown[] = [linked];
    const seen = serve(
      rooms({
        "GET /api/me/linked": () => list(...items),
        "DELETE /api/me/linked/kc": () => {
          items = [];
          return { status: 204 };
        },
        "POST /api/me/linked/kc": () => refused(503, "provider_unavailable", { title: "the provider does not answer" }),
      }),
    );
    enter("/settings?tab=security&problem=already_linked");
    expect(await screen.findByText(/belongs to somebody else here/)).toBeTruthy();
    await press("Unlink Keycloak");
    await inDialog("Unlink");
    await press("Link Keycloak");
    expect(await screen.findByText("The provider does not answer.")).toBeTruthy();
    expect(asked(seen, "DELETE", "/api/me/linked/kc")).toBe(true);
    expect(seen.find(({ method, url }) => method === "POST" && url.includes("/linked/kc"))?.url).toContain(
      "next=%2Fsettings%3Ftab%3Dsecurity",
    );
  });

  it("send those who have nothing of their own to prove themselves by back to where they came from", async () => {
    serve(
      rooms({
        "GET /api/me/factors": () => ({ json: { ...FACTORS, password: false } }),
        "PUT /api/me/password": () => refused(403, "step_up_required"),
      }),
    );
    enter("/settings?tab=security");
    await press("Set a password");
    await userEvent.type(screen.getByLabelText("New password"), "four words in a row");
    await press("Save password");
    const dialog = within(await screen.findByRole("dialog", { name: "Is it still you?" }));
    expect(await dialog.findByText(/nothing of its own/)).toBeTruthy();
    await userEvent.click(dialog.getByRole("button", { name: "Cancel" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  });

  it("ask for the second proof again when a session has ended meanwhile", async () => {
    serve(
      rooms({
        "POST /api/auth/refresh": () => refused(401, "session_ended"),
        "POST /api/auth/login": () => ({ status: 202, json: { challenge: "c", factors: ["totp"], expires_in: 300 } }),
        "POST /api/auth/factor": () => ({ json: { ...aSession("second"), user: me } }),
        "PATCH /api/me": (request) =>
          request.headers.get("authorization") === "Bearer second" ? { json: me } : refused(401, "token_expired"),
      }),
    );
    enter("/settings?tab=profile");
    await userEvent.type(await screen.findByLabelText("Place"), "Aarhus");
    await press("Save");
    const dialog = within(await screen.findByRole("dialog", { name: "Your session has ended" }));
    expect(dialog.getByRole("link", { name: /another way/ }).getAttribute("target")).toBe("_blank");
    await userEvent.type(dialog.getByLabelText("Password"), "right{Enter}");
    await userEvent.type(await dialog.findByLabelText("Code from your app"), "123456");
    expect(await screen.findByText("Your profile is saved.")).toBeTruthy();
  });

  it("let somebody leave who does not want to sign in again", async () => {
    serve(rooms({ "POST /api/auth/refresh": () => refused(401, "session_ended"), "PATCH /api/me": () => refused(401, "token_expired") }));
    enter("/settings?tab=profile");
    await press("Save");
    await inDialog("Stay signed out");
    expect(await screen.findByRole("heading", { name: /once you sign in/ })).toBeTruthy();
  });

  it("agree to another address, one after the other", async () => {
    let state = "half";
    serve({ ...quiet, "POST /api/auth/confirm-email": () => ({ json: { email: "new@example.org", state } }) });
    const { router } = open("/confirm-email#token=one");
    await press("Yes, move");
    expect(await screen.findByRole("heading", { name: "One address agrees" })).toBeTruthy();
    state = "done";
    await router.navigate({ to: "/confirm-email", hash: "token=two" });
    await press("Yes, move");
    expect(await screen.findByRole("heading", { name: "Your address has moved" })).toBeTruthy();
  });

  it("open by a new password, with every device signed out", async () => {
    serve({ ...quiet, "POST /api/auth/reset": () => ({ status: 204 }) });
    open("/reset-password#token=t");
    await userEvent.type(await screen.findByLabelText("New password"), "four words in a row");
    await press("Set password");
    expect(await screen.findByRole("heading", { name: "The password is set" })).toBeTruthy();
  });
});

describe("a profile", () => {
  it("shows another picture, says why one was refused, and takes it away again", async () => {
    const urls = { w96: "/a", w300: "/b", w600: "/c", w1200: "/d" };
    let avatar: object | null = null;
    let small = true;
    serve(
      rooms({
        "GET /api/me": () => ({ json: { ...me, avatar } }),
        "PUT /api/me/avatar": () => {
          if (small) return refused(422, "picture_too_small", { title: "this picture is too small" });
          avatar = { id: "1".repeat(32), width: 9, height: 9, hue: 1, chroma: 0, blurhash: "", urls };
          return { json: { ...me, avatar } };
        },
        "DELETE /api/me/avatar": () => {
          avatar = null;
          return { status: 204 };
        },
      }),
    );
    enter("/settings?tab=profile");
    const choose = async () => {
      const made = vi.spyOn(document, "createElement");
      await press("Choose a picture for your portrait");
      const input = made.mock.results
        .map(({ value }) => value)
        .find((value) => value instanceof HTMLInputElement && value.type === "file") as HTMLInputElement;
      made.mockRestore();
      Object.defineProperty(input, "files", { value: [new File(["x"], "me.png", { type: "image/png" })] });
      input.onchange?.(new Event("change"));
    };
    await choose();
    expect(await screen.findByText("This picture is too small.")).toBeTruthy();
    small = false;
    await choose();
    await press("Remove the portrait");
    await waitFor(() => expect(screen.queryByRole("button", { name: "Remove the portrait" })).toBeNull());
  });
});
