import { Link } from "@tanstack/react-router";
import { useEffect, useEffectEvent, useReducer, useRef, useState } from "react";
import type { ReleaseProposal } from "@/api/types";
import { ActBar } from "@/ui/ActBar";
import { Button } from "@/ui/Button";
import { Loading } from "@/ui/Loading";
import { SistrumState } from "@/ui/SistrumState";
import { Skeleton } from "@/ui/Skeleton";
import { t, tCount } from "@/ui/text/text";
import { EMPTY, review } from "../board";
import { usePublishing } from "../usePublishing";
import { DraftCard } from "./DraftCard";
import { LeftOut } from "./LeftOut";
import { PublishedCard } from "./PublishedCard";
import "../studio.css";

interface Props {
  proposals: readonly ReleaseProposal[] | undefined;
  /** Files still arriving or being read: they may belong to a release on this page. */
  pending: number;
  /** Tells the page that everything has gone out. */
  onStage: (published: boolean) => void;
}

/** Every release to be on one page, with one button. */
export function ReviewBoard({ proposals, pending, onStage }: Props) {
  const [board, play] = useReducer(review, EMPTY);
  const { busy, done, faults, refusals, send } = usePublishing(play);
  const [armed, setArmed] = useState(false);
  /** The proposals the board knows of: it is one step behind what has just come. */
  const [synced, setSynced] = useState(proposals);
  const { drafts, left } = board;

  useEffect(() => {
    if (proposals) play({ do: "sync", proposals });
    setSynced(proposals);
  }, [proposals]);
  const drafted = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // to the first field that is wrong
    if (faults.size + refusals.size > 0) drafted.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus();
  }, [faults, refusals]);
  const finished = done.length > 0 && drafts.length === 0;
  const tell = useEffectEvent(onStage);
  useEffect(() => tell(finished), [finished]);
  const go = useEffectEvent(() => {
    setArmed(false);
    void send(drafts);
  });
  const waits = armed && (pending > 0 || synced !== proposals);
  useEffect(() => {
    if (armed && !waits) go();
  }, [armed, waits]);

  if (!proposals) return <DraftSkeleton />;
  if (drafts.length === 0 && done.length === 0 && left.length === 0 && pending === 0) return <NothingToReview />;
  return (
    <>
      {done.length > 0 && (
        <ul className="grid gap-4 mb-8" aria-label={t("review.published")}>
          {done.map((release) => (
            <PublishedCard key={release.id} release={release} />
          ))}
        </ul>
      )}
      {drafts.length === 0 && pending > 0 && !finished && <DraftSkeleton />}
      <div ref={drafted}>
        {drafts.map((draft) => (
          <DraftCard
            key={draft.key}
            draft={draft}
            others={drafts.filter(({ key }) => key !== draft.key)}
            faults={faults.get(draft.key) ?? {}}
            refusal={refusals.get(draft.key)}
            play={play}
          />
        ))}
      </div>
      <LeftOut left={left} drafts={drafts} play={play} />
      {finished ? (
        <div className="acts">
          <Link to="/upload" className="btn btn-plain">
            {t("review.uploadMore")}
          </Link>
        </div>
      ) : (
        <PublishBar
          drafts={drafts.length}
          {...countReady(drafts)}
          pending={pending}
          waits={waits}
          busy={busy}
          onPublish={() => setArmed(true)}
          onStay={() => setArmed(false)}
        />
      )}
    </>
  );
}

interface BarProps {
  drafts: number;
  ready: number;
  count: number;
  pending: number;
  waits: boolean;
  busy: boolean;
  onPublish: () => void;
  onStay: () => void;
}

/** How far everything is, and the one button. Pressed too early, it waits for the last file. */
function PublishBar({ drafts, ready, count, pending, waits, busy, onPublish, onStay }: BarProps) {
  const title = pending > 0 ? tCount("review.pending", pending) : t("review.ready", { ready, count });
  const hint = waits ? t("review.waits") : t(ready < count || pending > 0 ? "review.early" : "review.all");
  return (
    <ActBar title={title} hint={hint}>
      {waits ? (
        <Button look="plain" onClick={onStay}>
          {t("review.stay")}
        </Button>
      ) : (
        <Link to="/upload" className="btn btn-plain">
          {t("review.uploadMore")}
        </Link>
      )}
      <Button look="accent" busy={busy || waits} disabled={drafts === 0 && pending === 0} onClick={onPublish}>
        {waits || busy ? t("review.publishing") : drafts > 1 ? t("review.publishAll", { count: drafts }) : t("review.publish")}
      </Button>
    </ActBar>
  );
}

function countReady(drafts: readonly { sheet: { tracks: readonly { track: { state: string } }[] } }[]): { ready: number; count: number } {
  const tracks = drafts.flatMap(({ sheet }) => sheet.tracks);
  return { count: tracks.length, ready: tracks.filter(({ track }) => track.state === "ready").length };
}

function NothingToReview() {
  return (
    <SistrumState figure="empty" level={2} heading={t("review.empty.heading")} text={t("review.empty.text")}>
      <div className="acts">
        <Link to="/upload" className="btn btn-accent">
          {t("music.empty.upload")}
        </Link>
      </div>
    </SistrumState>
  );
}

function DraftSkeleton() {
  return (
    <Loading>
      <div className="draft-head">
        <Skeleton className="size-[280px] max-w-full rounded-cover" />
        <div className="grid gap-4 content-start">
          <Skeleton className="h-10" />
          <Skeleton className="h-10 w-3/4" />
          <Skeleton className="h-10 w-1/2" />
        </div>
      </div>
    </Loading>
  );
}
