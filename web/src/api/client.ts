import { askPerson } from "./asks";
import { takeEarly } from "./early";
import { client } from "./generated/client.gen";
import { ApiProblem, problemFrom } from "./problem";
import { accessToken, reviveSession } from "./session";

/** So often one call is sent: once, again with a new token, and again after the person proved who they are. */
const MOST_TRIES = 3;
/** Refusals of what the person typed, not of the token. */
const TYPED = new Set(["bad_credentials", "bad_factor"]);
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
  if (DOORS.test(new URL(request.url).pathname)) return fetch(request);
  for (let tries = 1; ; tries += 1) {
    const token = await accessToken();
    const early = token ? undefined : takeEarly(request);
    const response = await (early ?? fetch(signed(tries < MOST_TRIES ? request.clone() : request, token)));
    if (!token || tries === MOST_TRIES || !(await isMended(response))) return response;
  }
}

/** Whether the same call would go through now. */
async function isMended(response: Response): Promise<boolean> {
  if (response.status !== 401 && response.status !== 403) return false;
  const { code } = problemFrom(response.status, await bodyOf(response.clone()));
  return isCodeMended(response.status, code);
}

/** The same for those who do not speak by fetch. */
export async function isCodeMended(status: number, code: string): Promise<boolean> {
  if (status === 401 && !TYPED.has(code)) return reviveSession();
  return code === "step_up_required" && (await askPerson("stepUp"));
}

async function bodyOf(response: Response): Promise<unknown> {
  return response.json().catch(() => undefined);
}

function signed(request: Request, token: string | null): Request {
  if (token) request.headers.set("authorization", `Bearer ${token}`);
  return request;
}
