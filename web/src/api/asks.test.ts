import { beforeEach, describe, expect, it, vi } from "vitest";
import { aProblem, aSession, serve } from "@/testing/server";

/** The session lives in its module: each story gets a page of its own. */
async function aPage() {
  vi.resetModules();
  const session = await import("./session");
  const client = await import("./client");
  const asks = await import("./asks");
  client.setUpClient("http://localhost");
  session.acceptSession(aSession("first") as never);
  return { ...session, ...client, ...asks };
}

type Page = Awaited<ReturnType<typeof aPage>>;

/** Somebody looks at the page, and does `then` when they are asked. */
function somebodyAt(page: Page, then: (ask: string) => void) {
  const asked: string[] = [];
  page.subscribeAsks(() => {
    const ask = page.currentAsk();
    if (ask) asked.push(ask);
    if (ask) setTimeout(() => then(ask), 5);
  });
  return asked;
}

const refused = (status: number, code: string) => ({ status, json: aProblem({ status, code }) });
const ended = { "POST /api/auth/refresh": () => refused(401, "session_ended") };
const bearer = (request: Request) => request.headers.get("authorization");

describe("a call that needs the person", () => {
  beforeEach(() => localStorage.clear());

  it("waits for a proof and is sent again with what it held", async () => {
    let fresh = false;
    const bodies: unknown[] = [];
    serve({
      "POST /api/me/email": async (request) => {
        bodies.push(await request.json());
        return fresh ? { status: 202, json: {} } : refused(403, "step_up_required");
      },
    });
    const page = await aPage();
    const asked = somebodyAt(page, () => {
      fresh = true;
      page.settleAsk("stepUp", true);
    });
    const body = JSON.stringify({ email: "new@example.org" });
    const response = await page.fetchSigned("http://localhost/api/me/email", { method: "POST", body });
    expect(response.status).toBe(202);
    expect(asked).toEqual(["stepUp"]);
    expect(bodies).toEqual([{ email: "new@example.org" }, { email: "new@example.org" }]);
  });

  it("asks once however many calls wait, and gives the refusal to those who would rather not", async () => {
    serve({ "DELETE /api/me/factors/totp": () => refused(403, "step_up_required") });
    const page = await aPage();
    const asked = somebodyAt(page, () => page.settleAsk("stepUp", false));
    const call = () => page.fetchSigned("http://localhost/api/me/factors/totp", { method: "DELETE" });
    const answers = await Promise.all([call(), call()]);
    expect(answers.map(({ status }) => status)).toEqual([403, 403]);
    expect(asked).toEqual(["stepUp"]);
  });

  it("does not take a wrong password for a dead token", async () => {
    const seen = serve({ "POST /api/me/step-up": () => refused(401, "bad_credentials") });
    const page = await aPage();
    await page.fetchSigned("http://localhost/api/me/step-up", { method: "POST", body: "{}" });
    expect(seen).toHaveLength(1);
  });

  it("is sent again after somebody signed in anew over the page", async () => {
    const seen = serve({
      ...ended,
      "PATCH /api/me": (request) => (bearer(request) === "Bearer second" ? { json: {} } : refused(401, "token_expired")),
    });
    const page = await aPage();
    const asked = somebodyAt(page, () => page.beginSession(aSession("second") as never));
    const calls = [1, 2].map(() => page.fetchSigned("http://localhost/api/me", { method: "PATCH", body: "{}" }));
    const answers = await Promise.all(calls);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(asked).toEqual(["signIn"]);
    expect(seen.filter(({ url }) => url.endsWith("/refresh"))).toHaveLength(1);
    expect(page.currentSession()).toEqual({ is: "signedIn", user: expect.objectContaining({ username: "nina" }) });
  });

  it("keeps who was here until they say no, and then forgets them", async () => {
    serve({ ...ended, "GET /api/me": () => refused(401, "token_expired") });
    const page = await aPage();
    let during: unknown;
    somebodyAt(page, () => {
      during = page.currentSession();
      page.settleAsk("signIn", false);
    });
    const response = await page.fetchSigned("http://localhost/api/me");
    expect(response.status).toBe(401);
    expect(during).toMatchObject({ is: "signedIn", lapsed: true });
    expect(page.currentSession()).toEqual({ is: "anonymous" });
  });

  it("is not sent in the name of somebody else who signs in instead", async () => {
    const seen = serve({ ...ended, "PATCH /api/me": () => refused(401, "token_expired") });
    const page = await aPage();
    const other = { ...aSession("other"), user: { ...aSession().user, id: "2".repeat(32), username: "maren" } };
    somebodyAt(page, () => page.beginSession(other as never));
    await page.fetchSigned("http://localhost/api/me", { method: "PATCH", body: "{}" });
    expect(seen.filter(({ method }) => method === "PATCH")).toHaveLength(1);
    expect(page.currentSession()).toMatchObject({ is: "signedIn", user: { username: "maren" } });
  });

  it("is not made for sound: what everybody may hear goes on", async () => {
    const seen = serve({
      ...ended,
      "POST /api/tracks/x/play": (request) => (bearer(request) ? refused(401, "token_expired") : { json: {} }),
    });
    const page = await aPage();
    const asked = somebodyAt(page, () => undefined);
    const play = () => page.fetchSigned("http://localhost/api/tracks/x/play", { method: "POST", body: "{}" });
    expect([(await play()).status, (await play()).status]).toEqual([200, 200]);
    expect(asked).toEqual([]);
    expect(seen.filter(({ url }) => url.endsWith("/refresh"))).toHaveLength(1);
  });

  it("asks nobody where no page listens", async () => {
    serve({ "DELETE /api/me/email": () => refused(403, "step_up_required") });
    const page = await aPage();
    expect((await page.fetchSigned("http://localhost/api/me/email", { method: "DELETE" })).status).toBe(403);
  });

  it("takes the token that another tab has got meanwhile", async () => {
    let renewals = 0;
    serve({ "POST /api/auth/refresh": () => ({ json: aSession(`token-${++renewals}`) }) });
    const [one, other] = [await aPage(), await aPage()];
    await one.startSession();
    await vi.waitFor(() => expect(one.currentSession()).toMatchObject({ is: "signedIn" }));
    renewals = 10;
    await other.renewSession();
    await vi.waitFor(async () => expect(await one.accessToken()).toBe("token-11"));
    expect(renewals).toBe(11);
  });
});
