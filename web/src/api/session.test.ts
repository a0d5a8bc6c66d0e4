import { beforeEach, describe, expect, it, vi } from "vitest";
import { aProblem, aSession, serve } from "@/testing/server";

/** The session lives in its module: each story gets a page of its own. */
async function aPage() {
  vi.resetModules();
  const session = await import("./session");
  const client = await import("./client");
  client.setUpClient("http://localhost");
  return { ...session, ...client };
}

const refused = () => ({ status: 401, json: aProblem({ status: 401, code: "session_ended" }) });

describe("the session", () => {
  beforeEach(() => localStorage.clear());

  it("asks nothing of the server for a stranger", async () => {
    const seen = serve({});
    const page = await aPage();
    await page.startSession();
    expect(page.currentSession()).toEqual({ is: "anonymous" });
    expect(seen).toHaveLength(0);
  });

  it("comes back after a reload by the refresh cookie", async () => {
    serve({ "POST /api/auth/refresh": () => ({ json: aSession() }) });
    localStorage.setItem("hathor.signed-in", "1");
    const page = await aPage();
    await page.startSession();
    expect(page.currentSession()).toMatchObject({ is: "signedIn", user: { username: "nina" } });
    expect(await page.accessToken()).toBe("token-1");
  });

  it("renews once, however many requests find the token dead", async () => {
    let renewals = 0;
    serve({ "POST /api/auth/refresh": () => ({ json: aSession(`token-${++renewals}`) }) });
    const page = await aPage();
    page.acceptSession(aSession("dying", 1) as never);
    const tokens = await Promise.all([page.accessToken(), page.accessToken(), page.accessToken()]);
    expect(tokens).toEqual(["token-1", "token-1", "token-1"]);
    expect(renewals).toBe(1);
  });

  it("tries a request again with a new token when the old one is refused", async () => {
    const seen = serve({
      "POST /api/auth/refresh": () => ({ json: aSession("fresh") }),
      "GET /api/me": (request) => (request.headers.get("authorization") === "Bearer fresh" ? { json: {} } : refused()),
    });
    const page = await aPage();
    page.acceptSession(aSession("stale") as never);
    const response = await page.fetchSigned("http://localhost/api/me");
    expect(response.status).toBe(200);
    expect(seen.map((request) => new URL(request.url).pathname)).toEqual(["/api/me", "/api/auth/refresh", "/api/me"]);
  });

  it("ends when the server does not know the cookie any more", async () => {
    serve({ "POST /api/auth/refresh": refused });
    localStorage.setItem("hathor.signed-in", "1");
    const page = await aPage();
    await page.startSession();
    expect(page.currentSession()).toEqual({ is: "anonymous" });
    expect(localStorage.getItem("hathor.signed-in")).toBeNull();
  });

  it("keeps the hint when the server is only away for a moment", async () => {
    serve({ "POST /api/auth/refresh": () => ({ status: 503, json: aProblem({ status: 503, code: "unavailable" }) }) });
    localStorage.setItem("hathor.signed-in", "1");
    const page = await aPage();
    await page.startSession();
    expect(page.currentSession()).toEqual({ is: "anonymous" });
    expect(localStorage.getItem("hathor.signed-in")).toBe("1");
  });

  it("writes the token nowhere", async () => {
    const page = await aPage();
    page.acceptSession(aSession("secret-token") as never);
    expect(JSON.stringify({ ...localStorage, ...sessionStorage })).not.toContain("secret-token");
    expect(document.cookie).not.toContain("secret-token");
  });
});
