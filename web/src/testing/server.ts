import { vi } from "vitest";

type Reply = { status?: number; json?: unknown };
type Handler = (request: Request) => Reply | Promise<Reply>;

/** The lists of a house on its first day: whoever tells a story about something else need not mention them. */
const EMPTY: Record<string, Handler> = Object.fromEntries(
  ["/api/releases", "/api/artists", "/api/me/recently-played"].map((path) => [
    `GET ${path}`,
    () => ({ json: { items: [], next_cursor: null } }),
  ]),
);

/** A server made of handlers, keyed by `METHOD /path`. Lists nobody speaks of are empty, anything else is answered 404. Tells which requests came. */
export function serve(handlers: Record<string, Handler>): Request[] {
  const seen: Request[] = [];
  vi.stubGlobal("fetch", async (input: RequestInfo | URL, init?: RequestInit) => {
    const request = new Request(input, init);
    seen.push(request.clone());
    const name = `${request.method} ${new URL(request.url).pathname}`;
    const handler = handlers[name] ?? EMPTY[name];
    const { status = 200, json } = handler ? await handler(request) : { status: 404, json: aProblem({ status: 404, code: "not_found" }) };
    const headers = { "content-type": status < 400 ? "application/json" : "application/problem+json" };
    return new Response(status === 204 ? null : JSON.stringify(json), { status, headers });
  });
  return seen;
}

/** A refusal's body, with whatever a test wants different. */
export function aProblem(different: Record<string, unknown> = {}) {
  return { type: "about:blank", title: "some fields need another value", status: 422, code: "invalid", request_id: "req-7", ...different };
}

/** What signing in answers. */
export function aSession(token = "token-1", expires_in = 300) {
  const user = { id: "1".repeat(32), username: "nina", display_name: "Nina", role: "user" };
  return { user, access_token: token, token_type: "Bearer", expires_in };
}
