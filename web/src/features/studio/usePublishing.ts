import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { type ApiProblem, asProblem } from "@/api/problem";
import type { ReleaseDetail } from "@/api/types";
import { publish } from "./api";
import type { Draft, Move } from "./board";
import { type Faults, missingFrom } from "./faults";
import { draftOf } from "./sheet";

/** Why the server did not take a release, and what was sent. */
export interface Refusal {
  problem: ApiProblem;
}

interface Publishing {
  busy: boolean;
  /** What has been published on this visit. */
  done: readonly ReleaseDetail[];
  faults: ReadonlyMap<string, Faults>;
  refusals: ReadonlyMap<string, Refusal>;
  /** Sends all of them, one after the other; what is refused stays on the board with its reasons. */
  send: (drafts: readonly Draft[]) => Promise<void>;
}

/** Publishing what lies on the board. */
export function usePublishing(play: (move: Move) => void): Publishing {
  const cache = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState<readonly ReleaseDetail[]>([]);
  const [faults, setFaults] = useState<ReadonlyMap<string, Faults>>(new Map());
  const [refusals, setRefusals] = useState<ReadonlyMap<string, Refusal>>(new Map());

  const send = async (drafts: readonly Draft[]) => {
    const missing = new Map(drafts.map(({ key, sheet }) => [key, missingFrom(sheet)]));
    setFaults(missing);
    setRefusals(new Map());
    if ([...missing.values()].some((faults) => Object.keys(faults).length > 0)) return;
    setBusy(true);
    for (const { key, sheet } of drafts) {
      try {
        const release = await publish(cache, draftOf(sheet));
        setDone((before) => [...before, release]);
        play({ do: "published", key });
      } catch (error) {
        setRefusals((before) => new Map(before).set(key, { problem: asProblem(error) }));
      }
    }
    setBusy(false);
  };
  return { busy, done, faults, refusals, send };
}
