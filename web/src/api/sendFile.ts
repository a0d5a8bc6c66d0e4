import { ApiProblem, problemFrom } from "./problem";
import { accessToken, renewSession } from "./session";
import type { Uploaded } from "./types";

interface Options {
  /** Bytes on the wire so far. */
  onProgress: (sent: number) => void;
  signal: AbortSignal;
}

/** Uploads one file by XMLHttpRequest, since fetch tells nothing about progress. Refusals are thrown as problems. */
export async function sendFile(file: File, options: Options): Promise<Uploaded["tracks"][number]> {
  const first = await attempt(file, options);
  const { status, body } = first.status === 401 && (await renewSession()) ? await attempt(file, options) : first;
  if (status !== 202) throw problemFrom(status, body);
  const [entry] = (body as Uploaded).tracks;
  if (!entry) throw new ApiProblem(status);
  if (entry.error) throw new ApiProblem(422, entry.error);
  return entry;
}

interface Answer {
  status: number;
  body: unknown;
}

async function attempt(file: File, { onProgress, signal }: Options): Promise<Answer> {
  const token = await accessToken();
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", "/api/uploads");
    if (token) request.setRequestHeader("authorization", `Bearer ${token}`);
    request.upload.onprogress = (event) => onProgress(event.loaded);
    request.onload = () => resolve({ status: request.status, body: parse(request.responseText) });
    request.onerror = () => reject(new ApiProblem(0));
    request.onabort = () => reject(signal.reason);
    signal.addEventListener("abort", () => request.abort(), { once: true });
    const form = new FormData();
    form.append("file", file);
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
