import { isCodeMended } from "./client";
import { ApiProblem, problemFrom } from "./problem";
import { accessToken } from "./session";

interface Options {
  /** What the file is called there, with its folders: `Salt Hours/CD1/01.ogg`. */
  path: string;
  /** Bytes on the wire so far. */
  onProgress: (sent: number) => void;
  signal: AbortSignal;
}

/** Sends one file to `address` by XMLHttpRequest, since fetch tells nothing about progress. Refusals are thrown as problems. */
export async function sendFile(address: string, file: File, options: Options): Promise<unknown> {
  const first = await attempt(address, file, options);
  const again = first.status === 401 && (await isCodeMended(first.status, problemFrom(first.status, first.body).code));
  const { status, body } = again ? await attempt(address, file, options) : first;
  if (status < 200 || status >= 300) throw problemFrom(status, body);
  if (body === undefined) throw new ApiProblem(status);
  return body;
}

interface Answer {
  status: number;
  body: unknown;
}

async function attempt(address: string, file: File, { path, onProgress, signal }: Options): Promise<Answer> {
  const token = await accessToken();
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", address);
    if (token) request.setRequestHeader("authorization", `Bearer ${token}`);
    request.upload.onprogress = (event) => onProgress(event.loaded);
    request.onload = () => resolve({ status: request.status, body: parse(request.responseText) });
    request.onerror = () => reject(new ApiProblem(0));
    request.onabort = () => reject(signal.reason);
    signal.addEventListener("abort", () => request.abort(), { once: true });
    const form = new FormData();
    form.append("file", file, path);
    request.send(form);
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
