import { infiniteQueryOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import { answer } from "@/api/answer";
import {
  getApiAdminAudit,
  getApiAdminAuditCsv,
  getApiAdminOutbox,
  getApiAdminOutboxById,
  getApiAdminUsers,
  patchApiAdminUsersById,
} from "@/api/generated/sdk.gen";
import type {
  GetApiAdminAuditCsvData,
  GetApiAdminAuditResponse,
  GetApiAdminOutboxResponse,
  GetApiAdminUsersResponse,
  PatchApiAdminUsersByIdData,
} from "@/api/generated/types.gen";
import type { PageOf } from "@/api/types";

/** An account as administrators see it. */
export type AdminUser = GetApiAdminUsersResponse["items"][number];
/** What an administrator changes about an account. */
export type AdminChange = PatchApiAdminUsersByIdData["body"];
/** Something that happened. */
export type AuditRow = GetApiAdminAuditResponse["items"][number];
/** A letter that nobody got. */
export type Letter = GetApiAdminOutboxResponse["items"][number];
/** Which of it. */
export type AuditFilter = Pick<NonNullable<GetApiAdminAuditCsvData["query"]>, "actor" | "action" | "subject" | "from" | "to">;

const paged = {
  initialPageParam: null as string | null,
  getNextPageParam: (page: PageOf<unknown>) => page.next_cursor,
};
const query = (cursor: string | null) => ({ limit: 50, ...(cursor && { cursor }) });

/** Accounts, the newest first; `q` is a part of a name or an address. */
export const usersQuery = (q: string) =>
  infiniteQueryOptions({
    queryKey: ["admin", "users", q],
    queryFn: ({ pageParam, signal }) => answer(getApiAdminUsers({ query: { ...query(pageParam), ...(q && { q }) }, signal })),
    ...paged,
    select: (data) => data.pages.flatMap((page) => page.items),
  });

/** What happened, the newest first. */
export const auditQuery = (filter: AuditFilter) =>
  infiniteQueryOptions({
    queryKey: ["admin", "audit", filter],
    queryFn: ({ pageParam, signal }) => answer(getApiAdminAudit({ query: { ...query(pageParam), ...filter }, signal })),
    ...paged,
    select: (data) => data.pages.flatMap((page) => page.items),
  });

/** Letters in the outbox, the newest first. */
export const outboxQuery = () =>
  infiniteQueryOptions({
    queryKey: ["admin", "outbox"],
    queryFn: ({ pageParam, signal }) => answer(getApiAdminOutbox({ query: query(pageParam), signal })),
    ...paged,
    select: (data) => data.pages.flatMap((page) => page.items),
  });

/** One of them with all it says. */
export const letterQuery = (id: string) =>
  queryOptions({ queryKey: ["admin", "outbox", id], queryFn: ({ signal }) => answer(getApiAdminOutboxById({ path: { id }, signal })) });

/** Changes an account. */
export async function changeAccount(cache: QueryClient, id: string, body: AdminChange): Promise<void> {
  await answer(patchApiAdminUsersById({ path: { id }, body }));
  await cache.invalidateQueries({ queryKey: ["admin"] });
}

/** All of what happened that the filter lets through, as a file. */
export async function fetchAuditFile(filter: AuditFilter): Promise<Blob> {
  const rows = await answer(getApiAdminAuditCsv({ query: filter, parseAs: "text" }));
  return new Blob([rows], { type: "text/csv" });
}
