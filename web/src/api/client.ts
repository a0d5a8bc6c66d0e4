import { client } from "./generated/client.gen";
import { ApiProblem, problemFrom } from "./problem";
import { accessToken, renewSession } from "./session";

/** Prepares the generated client: our own origin, the token where there is one, refusals thrown as problems. */
export function setUpClient(origin: string): void {
  client.setConfig({ baseUrl: origin, throwOnError: true, fetch: fetchSigned });
  client.interceptors.error.use((body, response) =>
    body instanceof ApiProblem ? body : problemFrom(response?.status ?? 0, body, response?.headers),
  );
}

/** `fetch` with the access token; an answer of 401 is tried once more with a new one. */
export async function fetchSigned(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const request = new Request(input, init);
  if (isAboutSignIn(request.url)) return fetch(request);
  const again = request.clone();
  const token = await accessToken();
  const response = await fetch(signed(request, token));
  if (response.status !== 401 || !token || !(await renewSession())) return response;
  return fetch(signed(again, await accessToken()));
}

function signed(request: Request, token: string | null): Request {
  if (token) request.headers.set("authorization", `Bearer ${token}`);
  return request;
}

function isAboutSignIn(url: string): boolean {
  return new URL(url).pathname.startsWith("/api/auth/");
}
