import { ApiProblem } from "@/api/problem";
import { sendFile } from "@/api/sendFile";
import type { Picture, Uploaded } from "@/api/types";

/** What the server made of a file. */
export interface Landed {
  trackId?: string;
  picture?: Picture;
}

/** A file with the folder it came from, as it is sent. */
export interface Parcel {
  kind: "music" | "picture";
  file: File;
  path: string;
}

interface Options {
  onProgress: (sent: number) => void;
  signal: AbortSignal;
}

/** Sends a song or a picture to where its kind belongs. */
export async function send({ kind, file, path }: Parcel, options: Options): Promise<Landed> {
  if (kind === "picture") return { picture: (await sendFile("/api/pictures", file, { ...options, path })) as Picture };
  const { tracks } = (await sendFile("/api/uploads", file, { ...options, path })) as Uploaded;
  const [entry] = tracks;
  if (!entry) throw new ApiProblem(202);
  if (entry.error) throw new ApiProblem(422, entry.error);
  return { trackId: entry.id ?? undefined };
}
