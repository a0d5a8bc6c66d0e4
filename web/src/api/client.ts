import { askPerson } from "./asks";
import { takeEarly } from "./early";
import { client } from "./generated/client.gen";
import { ApiProblem, problemFrom } from "./problem";
import { accessToken, reviveSession } from "./session";

/** So often one call is sent: once, again with a new token, and again after the person proved who they are. */
const MOST_TRIES = 3;
/** Refusals of what the person typed, not of the token. */
const TYPED = new Set(["bad_credentials", "bad_factor"]);
/** What the player asks for. Sound does not stop for a question: what everybody may hear goes on. */
const SOUND = /\/play(ed)?$/;
/** Doors that are passed without a token. */
const DOORS = /^\/api\/auth\/(?!verify-email)/;

/** Prepares the generated client: our own origin, the token where there is one, refusals thrown as problems. */
export function setUpClient(origin: string): void {
  client.setConfig({ baseUrl: origin, throwOnError: true, fetch: fetchSigned });
  client.interceptors.error.use((body, response) =>
    body instanceof ApiProblem ? body : problemFrom(response?.status ?? 0, body, response?.headers),
  );
}

/** `fetch` with the access token. What a new token or a word of the person mends is sent again by itself. */
export async function fetchSigned(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const request = new Request(input, init);
  const { pathname } = new URL(request.url);
  if (DOORS.test(pathname)) return fetch(request);
  const asks = !SOUND.test(pathname);
  for (let tries = 1; ; tries += 1) {
    const token = await accessToken(asks);
    const early = token ? undefined : takeEarly(request);
    const response = await (early ?? fetch(signed(tries < MOST_TRIES ? request.clone() : request, token)));
    if (!token || tries === MOST_TRIES || !(await isMended(response, asks))) return response;
  }
}

/** Whether the same call would go through now. */
async function isMended(response: Response, asks: boolean): Promise<boolean> {
  if (response.status !== 401 && response.status !== 403) return false;
  const { code } = problemFrom(response.status, await bodyOf(response.clone()));
  return isCodeMended(response.status, code, asks);
}

/** The same for those who do not speak by fetch. */
export async function isCodeMended(status: number, code: string, asks = true): Promise<boolean> {
  if (status === 401 && !TYPED.has(code)) return reviveSession(asks);
  return code === "step_up_required" && (await askPerson("stepUp"));
}

async function bodyOf(response: Response): Promise<unknown> {
  return response.json().catch(() => undefined);
}

function signed(request: Request, token: string | null): Request {
  if (token) request.headers.set("authorization", `Bearer ${token}`);
  return request;
}
