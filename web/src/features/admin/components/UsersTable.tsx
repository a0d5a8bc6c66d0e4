import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { asProblem } from "@/api/problem";
import { Button } from "@/ui/Button";
import { Loading } from "@/ui/Loading";
import { ProblemState } from "@/ui/problem/ProblemState";
import { SistrumState } from "@/ui/SistrumState";
import { Skeleton } from "@/ui/Skeleton";
import { TextField } from "@/ui/TextField";
import { t } from "@/ui/text/text";
import { usersQuery } from "../api";
import { UserRow } from "./UserRow";
import "@/ui/account.css";

/** Every account, searched by name or address. */
export function UsersTable({ viewerId }: { viewerId: string | undefined }) {
  const [q, setQ] = useState("");
  const list = useInfiniteQuery(usersQuery(q));
  if (list.isError && !list.data) return <ProblemState level={2} problem={asProblem(list.error)} onRetry={() => void list.refetch()} />;
  return (
    <>
      <form
        className="admin-filter"
        onSubmit={(event) => {
          event.preventDefault();
          setQ(String(new FormData(event.currentTarget).get("q") ?? "").trim());
        }}
      >
        <TextField label={t("admin.users.search")} name="q" type="search" maxLength={254} autoComplete="off" />
        <Button type="submit">{t("admin.find")}</Button>
      </form>
      {!list.data && (
        <Loading>
          <Skeleton className="h-64" />
        </Loading>
      )}
      {list.data?.length === 0 && <SistrumState figure="empty" heading={t("admin.nothing")} text={t("admin.nothingText")} level={2} />}
      {list.data && list.data.length > 0 && (
        <ul className="things" aria-label={t("admin.users")}>
          {list.data.map((user) => (
            <UserRow key={user.id} user={user} isSelf={user.id === viewerId} />
          ))}
        </ul>
      )}
      <MoreRows list={list} />
    </>
  );
}

/** The end of a list: brings the next page. */
export function MoreRows({ list }: { list: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown } }) {
  if (!list.hasNextPage) return null;
  return (
    <div className="mt-6 flex justify-center">
      <Button look="ghost" busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
        {t(list.isFetchingNextPage ? "list.loadingMore" : "list.more")}
      </Button>
    </div>
  );
}
