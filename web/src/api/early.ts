/** What the page asked for before the program was here (see index.html), by address. */
declare global {
  var hathorEarly: Map<string, Promise<Response>> | undefined;
}

/** Later the answers are old. */
const LIFE_MS = 10_000;

const asked = globalThis.hathorEarly;
setTimeout(() => asked?.clear(), LIFE_MS);

/** The answer to a call that the page has made already: for the first who asks, and who is a stranger as the page was. */
export function takeEarly({ method, url }: Request): Promise<Response> | undefined {
  const { pathname, search } = new URL(url);
  const answer = method === "GET" ? globalThis.hathorEarly?.get(pathname + search) : undefined;
  if (answer) globalThis.hathorEarly?.delete(pathname + search);
  return answer;
}
