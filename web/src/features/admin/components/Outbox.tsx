import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { asProblem } from "@/api/problem";
import { Loading } from "@/ui/Loading";
import { ProblemState } from "@/ui/problem/ProblemState";
import { SistrumState } from "@/ui/SistrumState";
import { Skeleton } from "@/ui/Skeleton";
import { formatMoment } from "@/ui/text/dates";
import { t } from "@/ui/text/text";
import { type Letter, letterQuery, outboxQuery } from "../api";
import { MoreRows } from "./UsersTable";
import "@/ui/account.css";

/** What a server without a mail server would have sent, the newest first. */
export function Outbox() {
  const list = useInfiniteQuery(outboxQuery());
  const problem = list.error && asProblem(list.error);
  if (problem?.status === 404) {
    return <SistrumState figure="empty" heading={t("admin.letters.none")} text={t("admin.letters.noneText")} level={2} />;
  }
  if (problem && !list.data) return <ProblemState level={2} problem={problem} onRetry={() => void list.refetch()} />;
  return (
    <>
      {!list.data && (
        <Loading>
          <Skeleton className="h-64" />
        </Loading>
      )}
      {list.data?.length === 0 && (
        <SistrumState figure="empty" heading={t("admin.letters.empty")} text={t("admin.letters.emptyText")} level={2} />
      )}
      {list.data && list.data.length > 0 && (
        <ul className="things" aria-label={t("admin.letters")}>
          {list.data.map((letter) => (
            <li key={letter.id}>
              <LetterRow letter={letter} />
            </li>
          ))}
        </ul>
      )}
      <MoreRows list={list} />
    </>
  );
}

/** A letter by its subject; pressed, it is read. */
function LetterRow({ letter: { id, subject, to, at } }: { letter: Letter }) {
  const [isOpen, open] = useState(false);
  return (
    <details onToggle={(event) => open(event.currentTarget.open)}>
      <summary>
        <b className="font-medium" dir="auto">
          {subject}
        </b>{" "}
        <span className="text-muted text-sm">{t("admin.letters.about", { to, at: formatMoment(at) })}</span>
      </summary>
      {isOpen && <Words id={id} />}
    </details>
  );
}

function Words({ id }: { id: string }) {
  const { data, error, refetch } = useQuery(letterQuery(id));
  if (error) return <ProblemState level={2} problem={asProblem(error)} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton className="h-24" />;
  return (
    <p className="prose" dir="auto">
      {data.text}
    </p>
  );
}
