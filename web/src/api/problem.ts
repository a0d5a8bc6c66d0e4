import type { Problem } from "./types";

/** What kind of trouble a page has to show. */
export type Trouble = "offline" | "unauthenticated" | "forbidden" | "notFound" | "limited" | "conflict" | "invalid" | "failed";

/** Anything the API refused, or the lack of an answer. `status` 0 is no answer at all. */
export class ApiProblem extends Error {
  override readonly name = "ApiProblem";
  readonly status: number;
  /** The word programs lean on. */
  readonly code: string;
  /** Names the request in the server's log. */
  readonly requestId: string | undefined;
  /** What is wrong with which field of what was sent. */
  readonly fields: Readonly<Record<string, string>>;
  /** The server's sentence: the one about this very case if it gave one. */
  readonly sentence: string;
  /** What goes wrong in every such case; the sentence may say more. */
  readonly title: string;

  /** Seconds the server asks to wait before trying again. */
  readonly retryAfterS: number | undefined;

  constructor(status: number, problem: Partial<Problem> = {}, retryAfterS?: number) {
    const sentence = problem.detail ?? problem.title ?? "";
    super(`${problem.code ?? status}: ${sentence}`);
    this.status = status;
    this.code = problem.code ?? (status === 0 ? "offline" : "unreadable");
    this.requestId = problem.request_id;
    this.fields = Object.fromEntries((problem.errors ?? []).map(({ field, message }) => [field, message]));
    this.sentence = sentence;
    this.title = problem.title ?? sentence;
    this.retryAfterS = retryAfterS;
  }

  /** The kind of trouble this is. */
  get trouble(): Trouble {
    return TROUBLES[this.status] ?? "failed";
  }

  /** Asking again, unchanged, may help. */
  get passing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

const TROUBLES: Record<number, Trouble> = {
  0: "offline",
  400: "notFound", // a malformed id in an address is an address of nothing
  401: "unauthenticated",
  403: "forbidden",
  404: "notFound",
  409: "conflict",
  422: "invalid",
  429: "limited",
};

/** The problem in an answer's body, whatever that body turned out to be. */
export function problemFrom(status: number, body: unknown, headers?: Headers): ApiProblem {
  const wait = Number(headers?.get("retry-after"));
  return new ApiProblem(status, isProblem(body) ? body : {}, wait > 0 ? wait : undefined);
}

/** Any thrown thing as a problem: what is not one yet counts as no answer. */
export function asProblem(error: unknown): ApiProblem {
  return error instanceof ApiProblem ? error : new ApiProblem(0);
}

function isProblem(body: unknown): body is Partial<Problem> {
  return typeof body === "object" && body !== null && "code" in body;
}
