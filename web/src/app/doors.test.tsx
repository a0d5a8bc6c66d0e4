import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { beginSession, currentSession, endSession } from "@/api/session";
import { open, page, quiet } from "@/testing/open";
import { aProblem, aSession, serve } from "@/testing/server";

const OPTIONS = { registration: "open", minimum_age: null, verify_email: false, providers: [], passkeys: false };
const options = (different = {}) => ({ "GET /api/auth/options": () => ({ json: { ...OPTIONS, ...different } }) });
const lists = { ...quiet, "GET /api/tracks": () => page([]) };
const refused = (status: number, code: string, more = {}) => ({ status, json: aProblem({ status, code, ...more }) });
const sent = async (seen: Request[], path: string) => seen.find(({ url }) => new URL(url).pathname === path)?.json();

async function typeCredentials() {
  await userEvent.type(await screen.findByLabelText("Username or e-mail"), "nina");
  await userEvent.type(screen.getByLabelText("Password"), "Correct-horse-7");
  await userEvent.click(screen.getByRole("button", { name: "Sign in" }));
}

describe("the doors", () => {
  beforeEach(async () => {
    serve({ "POST /api/auth/logout": () => ({ status: 204 }) });
    await endSession();
  });

  it("ask for the second proof, by any way one has, and lead on", async () => {
    const seen = serve({
      ...lists,
      ...options(),
      "POST /api/auth/login": () => ({ status: 202, json: { challenge: "c-1", factors: ["totp", "recovery_code"], expires_in: 300 } }),
      "POST /api/auth/factor": async (request) =>
        (await request.clone().json()).totp
          ? refused(401, "bad_factor", { title: "this code or passkey is not right, or was used before", detail: "4 tries are left" })
          : { json: aSession() },
    });
    const { router } = open("/login?next=%2Fabout");
    await typeCredentials();
    await userEvent.type(await screen.findByLabelText("Code from your app"), "123456");
    expect(await screen.findByText("This code or passkey is not right, or was used before. 4 tries are left.")).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: "Use a recovery code instead" }));
    await userEvent.type(screen.getByLabelText("Recovery code"), " aaaaa-bbbbb ");
    await userEvent.click(screen.getByRole("button", { name: "Sign in" }));
    await waitFor(() => expect(router.state.location.pathname).toBe("/about"));
    const proofs = await Promise.all(seen.filter(({ url }) => url.endsWith("/factor")).map((request) => request.json()));
    expect(proofs).toEqual([
      { challenge: "c-1", totp: "123456" },
      { challenge: "c-1", recovery_code: "aaaaa-bbbbb" },
    ]);
  });

  it("offer accounts elsewhere, and say what went wrong there in our own words", async () => {
    serve({ ...options({ providers: [{ id: "kc", name: "Keycloak" }] }) });
    open("/sign-in?problem=provider_failed&next=%2Fmusic");
    const link = await screen.findByRole("link", { name: "Continue with Keycloak" });
    expect(link.getAttribute("href")).toBe("/api/auth/oauth/kc/start?next=%2Fmusic");
    expect(screen.getByRole("alert").textContent).toMatch(/did not work/);
  });

  it("say nothing that an address made up", async () => {
    serve(options());
    const { router } = open("/login?problem=Call+this+number&next=%2F%2Fevil.example");
    await screen.findByRole("heading", { name: "Welcome back" });
    expect(screen.queryByRole("alert")).toBeNull();
    expect(router.state.location.search).toEqual({});
  });

  it("ask newcomers for what this instance wants to know", async () => {
    const seen = serve({
      ...lists,
      ...options({ registration: "invite", minimum_age: 16 }),
      "GET /api/auth/invites/abc": () => ({ json: { valid: true, from: "Maren", expires_at: null } }),
      "POST /api/auth/register": () => ({ status: 201, json: aSession() }),
    });
    const { router } = open("/register#invite=abc");
    expect(await screen.findByText("Maren invites you.")).toBeTruthy();
    expect(router.state.location.hash).toBe("");
    await userEvent.type(await screen.findByLabelText("Username"), "nina");
    await userEvent.type(screen.getByLabelText("E-mail"), "nina@example.org");
    await userEvent.type(screen.getByLabelText("Password"), "four words in a row");
    expect(screen.getByText("Strong.")).toBeTruthy();
    await userEvent.type(screen.getByLabelText("Birth date"), "1990-02-03");
    expect(screen.getByLabelText<HTMLInputElement>("Invitation").value).toBe("abc");
    await userEvent.click(screen.getByRole("button", { name: "Create account" }));
    await waitFor(() => expect(router.state.location.pathname).toBe("/upload"));
    expect(await sent(seen, "/api/auth/register")).toEqual({
      username: "nina",
      email: "nina@example.org",
      password: "four words in a row",
      birth_date: "1990-02-03",
      invite: "abc",
    });
  });

  it("judge a username when it is left, and take it back when it is mended", async () => {
    serve(options());
    open("/register");
    const field = await screen.findByLabelText("Username");
    await userEvent.type(field, "n!");
    expect(field.getAttribute("aria-invalid")).toBeNull();
    await userEvent.tab();
    expect(field.getAttribute("aria-invalid")).toBe("true");
    await userEvent.clear(field);
    await userEvent.type(field, "nina");
    expect(field.getAttribute("aria-invalid")).toBeNull();
  });

  it("are closed where the instance takes nobody in", async () => {
    serve(options({ registration: "closed" }));
    open("/register");
    expect(await screen.findByText(/takes nobody new in/)).toBeTruthy();
    expect(screen.queryByLabelText("Username")).toBeNull();
  });

  it("lead newcomers to prove their address, by a code pasted with its space", async () => {
    const user = { ...aSession().user, email: "nina@example.org", must_verify: true, email_verified: false };
    const seen = serve({
      ...lists,
      ...options(),
      "POST /api/auth/register": () => ({ status: 201, json: { ...aSession(), user } }),
      "POST /api/auth/verify-email": () => ({ json: { email: user.email, verified: true } }),
      "POST /api/auth/verify-email/resend": () => ({ status: 202, json: {} }),
    });
    const { router } = open("/register?next=%2Fabout");
    await userEvent.type(await screen.findByLabelText("Username"), "nina");
    await userEvent.click(screen.getByRole("button", { name: "Create account" }));
    const code = await screen.findByLabelText("Code from the letter");
    await userEvent.click(screen.getByRole("button", { name: "Send another letter" }));
    expect(await screen.findByRole("button", { name: /Send another letter in \d+ s/ })).toBeTruthy();
    await userEvent.click(code);
    await userEvent.paste("Your code: 123 456");
    await waitFor(() => expect(router.state.location.pathname).toBe("/about"));
    expect(await sent(seen, "/api/auth/verify-email")).toEqual({ code: "123456" });
    expect(seen.find(({ url }) => url.endsWith("/verify-email"))?.headers.get("authorization")).toBe("Bearer token-1");
    expect(currentSession()).toMatchObject({ user: { email_verified: true } });
  });

  it("open by the link of a letter, once, and the secret leaves the address", async () => {
    const seen = serve({ "POST /api/auth/verify-email": () => ({ json: { email: "nina@example.org", verified: true } }) });
    const { router } = open("/verify-email#token=s3cret");
    expect(await screen.findByRole("heading", { name: "Your address is confirmed" })).toBeTruthy();
    expect(router.state.location.href).toBe("/verify-email");
    expect(seen.filter(({ url }) => url.endsWith("/verify-email"))).toHaveLength(1);
    expect(await sent(seen, "/api/auth/verify-email")).toEqual({ token: "s3cret" });
  });

  it("say so when a letter's link is spent", async () => {
    serve({ "POST /api/auth/verify-email": () => refused(422, "proof_invalid", { title: "this link or code is not right" }) });
    open("/verify-email#token=old");
    expect(await screen.findByText("This link or code is not right.")).toBeTruthy();
    expect(screen.getByRole("link", { name: "Ask for another letter" })).toBeTruthy();
  });

  it("send a letter to whoever forgot, and tell nobody whether there is such an account", async () => {
    const seen = serve({ "POST /api/auth/forgot": () => ({ status: 202, json: {} }) });
    open("/forgot");
    await userEvent.type(await screen.findByLabelText("Username or e-mail"), " nina ");
    await userEvent.click(screen.getByRole("button", { name: "Send the letter" }));
    expect(await screen.findByText(/If there is an account called nina/)).toBeTruthy();
    expect(await sent(seen, "/api/auth/forgot")).toEqual({ login: "nina" });
  });

  it("set a new password by a letter, and ask for another letter when it is too old", async () => {
    let old = true;
    const seen = serve({ "POST /api/auth/reset": () => (old ? refused(422, "proof_expired") : { status: 204 }) });
    open("/reset-password#token=t1");
    await userEvent.type(await screen.findByLabelText("New password"), "four words in a row");
    await userEvent.click(screen.getByRole("button", { name: "Set password" }));
    expect(await screen.findByRole("link", { name: "Ask for another letter" })).toBeTruthy();
    expect(await sent(seen, "/api/auth/reset")).toEqual({ token: "t1", password: "four words in a row" });
    old = false;
  });

  it("let the old address say no to a move", async () => {
    const seen = serve({ "POST /api/auth/refuse-email": () => ({ status: 204 }) });
    open("/confirm-email#token=t2");
    await userEvent.click(await screen.findByRole("button", { name: "That was not me" }));
    expect(await screen.findByRole("heading", { name: "Nothing was moved" })).toBeTruthy();
    expect(await sent(seen, "/api/auth/refuse-email")).toEqual({ token: "t2" });
  });

  it("let somebody choose a name who comes by a provider", async () => {
    const pending = {
      kind: "onboarding",
      provider: "kc",
      suggested_username: "nina.k",
      email: "n@x.org",
      display_name: "Nina",
      next: "/about",
    };
    const seen = serve({
      ...lists,
      ...options({ providers: [{ id: "kc", name: "Keycloak" }] }),
      "GET /api/auth/oauth/pending": () => ({ json: pending }),
      "POST /api/auth/oauth/finish": () => ({ status: 201, json: aSession() }),
    });
    const { router } = open("/welcome");
    expect((await screen.findByLabelText<HTMLInputElement>("Username")).value).toBe("nina.k");
    await userEvent.click(screen.getByRole("button", { name: "Create account" }));
    await waitFor(() => expect(router.state.location.pathname).toBe("/about"));
    expect(await sent(seen, "/api/auth/oauth/finish")).toEqual({ username: "nina.k", display_name: "Nina" });
  });

  it("keep what was typed when the session ends meanwhile, and save it after signing in again", async () => {
    const seen = serve({
      ...quiet,
      ...options(),
      "POST /api/auth/refresh": () => refused(401, "session_ended"),
      "POST /api/auth/login": () => ({ json: aSession("second") }),
      "PATCH /api/me": async (request) =>
        request.headers.get("authorization") === "Bearer second"
          ? { json: { ...aSession().user, ...(await request.json()) } }
          : refused(401, "token_expired"),
    });
    beginSession(aSession() as never);
    open("/settings?tab=profile");
    const words = await screen.findByLabelText<HTMLTextAreaElement>("A few words");
    await userEvent.type(words, "A long text");
    await userEvent.click(screen.getByRole("button", { name: "Save" }));
    const dialog = await screen.findByRole("dialog", { name: "Your session has ended" });
    await userEvent.type(within(dialog).getByLabelText("Password"), "Correct-horse-7");
    await userEvent.click(within(dialog).getByRole("button", { name: "Sign in" }));
    expect(await screen.findByText("Your profile is saved.")).toBeTruthy();
    expect(words.value).toBe("A long text");
    expect(await sent(seen, "/api/auth/login")).toEqual({ login: "nina", password: "Correct-horse-7" });
  });

  it("open by a passkey, without a name or a password", async () => {
    const empty = new ArrayBuffer(0);
    const response = { clientDataJSON: empty, authenticatorData: empty, signature: empty, userHandle: null };
    const get = vi.fn(async () => ({ id: "k", rawId: empty, type: "public-key", authenticatorAttachment: null, response }));
    vi.stubGlobal("PublicKeyCredential", {});
    vi.stubGlobal("AuthenticatorAttestationResponse", class {});
    Object.defineProperty(navigator, "credentials", { value: { get }, configurable: true });
    const seen = serve({
      ...lists,
      ...options({ passkeys: true }),
      "POST /api/auth/passkey/begin": () => ({ json: { ceremony: "c".repeat(32), options: { challenge: "AQ" } } }),
      "POST /api/auth/passkey/finish": () => ({ json: aSession() }),
    });
    const { router } = open("/login?next=%2Fabout");
    await userEvent.click(await screen.findByRole("button", { name: "Use a passkey" }));
    await waitFor(() => expect(router.state.location.pathname).toBe("/about"));
    expect(await sent(seen, "/api/auth/passkey/finish")).toMatchObject({
      ceremony: "c".repeat(32),
      credential: { id: "k", type: "public-key" },
    });
    Reflect.deleteProperty(navigator, "credentials");
    vi.unstubAllGlobals();
  });

  it("ask for the second proof after a provider as well", async () => {
    const pending = { kind: "factor", challenge: "c-9", factors: ["totp"], expires_in: 300, next: "/about" };
    const seen = serve({
      ...lists,
      ...options(),
      "GET /api/auth/oauth/pending": () => ({ json: pending }),
      "POST /api/auth/factor": () => ({ json: aSession() }),
    });
    const { router } = open("/sign-in/factor");
    await userEvent.type(await screen.findByLabelText("Code from your app"), "123456");
    await waitFor(() => expect(router.state.location.pathname).toBe("/about"));
    expect(await sent(seen, "/api/auth/factor")).toEqual({ challenge: "c-9", totp: "123456" });
  });

  it("send back to the beginning who is not expected, and say when the server is away", async () => {
    let away = true;
    serve({ ...options(), "GET /api/auth/oauth/pending": () => (away ? refused(503, "unavailable") : refused(410, "attempt_expired")) });
    open("/welcome");
    const again = await screen.findByRole("button", { name: "Try again" });
    away = false;
    await userEvent.click(again);
    await waitFor(() => expect(screen.queryByRole("button", { name: "Try again" })).toBeNull());
    expect(screen.getByRole("heading", { name: "Begin at the door" })).toBeTruthy();
  });

  it("let in by an invitation's own page, and say when it is spent", async () => {
    serve({ ...options(), "GET /api/auth/invites/xyz": () => ({ json: { valid: false, from: null, expires_at: null } }) });
    open("/invite/xyz");
    expect(await screen.findByText(/This invitation is used up/)).toBeTruthy();
    expect((await screen.findByLabelText<HTMLInputElement>("Invitation")).value).toBe("xyz");
  });

  it("let a stranger sign in first, and lead to the very part of the page they wanted", async () => {
    serve(options());
    open("/settings?tab=apps");
    expect(await screen.findByRole("heading", { name: /once you sign in/ })).toBeTruthy();
    const link = within(screen.getByRole("main")).getByRole("link", { name: "Sign in" });
    expect(link.getAttribute("href")).toBe("/login?next=%2Fsettings%3Ftab%3Dapps");
  });

  it("say what is wrong with a code, and take the next", async () => {
    const user = { ...aSession().user, email: "nina@example.org", must_verify: true, email_verified: false };
    let right = false;
    serve({
      ...lists,
      ...options(),
      "POST /api/auth/verify-email": () =>
        right ? { json: { email: user.email, verified: true } } : refused(422, "proof_invalid", { title: "not right" }),
    });
    beginSession({ ...aSession(), user } as never);
    const { router } = open("/verify-email?next=%2Fabout");
    const code = await screen.findByLabelText("Code from the letter");
    await userEvent.type(code, "111111");
    expect(await screen.findByText("Not right.")).toBeTruthy();
    right = true;
    await userEvent.clear(code);
    await userEvent.type(code, "222222");
    await waitFor(() => expect(router.state.location.pathname).toBe("/about"));
  });
});
