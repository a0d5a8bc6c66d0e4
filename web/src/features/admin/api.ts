import { infiniteQueryOptions, type QueryClient } from "@tanstack/react-query";
import { call } from "@/api/call";
import { fetchSigned } from "@/api/client";
import { problemFrom } from "@/api/problem";
import type { PageOf, User } from "@/api/types";

/** An account as administrators see it. */
export interface AdminUser {
  id: string;
  username: string;
  email: string;
  email_verified: boolean;
  display_name: string;
  role: User["role"];
  banned_at: string | null;
  ban_reason: string | null;
  created_at: string;
  last_used_at: string | null;
}

/** What an administrator changes about an account. */
export interface AdminChange {
  role?: User["role"];
  banned?: boolean;
  ban_reason?: string;
}

/** Something that happened. */
export interface AuditRow {
  seq: number;
  at: string;
  actor: { id: string; username: string | null } | null;
  action: string;
  subject: { kind: string; id: string; name: string | null };
  ip: string | null;
  agent: string | null;
  changes: Record<string, unknown> | null;
  erased: boolean;
}

/** Which of it. */
export interface AuditFilter {
  actor?: string;
  action?: string;
  subject?: string;
  from?: string;
  to?: string;
}

const paged = {
  initialPageParam: null as string | null,
  getNextPageParam: (page: PageOf<unknown>) => page.next_cursor,
};
const query = (cursor: string | null) => ({ limit: 50, ...(cursor && { cursor }) });

/** Accounts, the newest first; `q` is a part of a name or an address. */
export const usersQuery = (q: string) =>
  infiniteQueryOptions({
    queryKey: ["admin", "users", q],
    queryFn: ({ pageParam, signal }) =>
      call<PageOf<AdminUser>>("get", "/api/admin/users", { query: { ...query(pageParam), ...(q && { q }) }, signal }),
    ...paged,
    select: (data) => data.pages.flatMap((page) => page.items),
  });

/** What happened, the newest first. */
export const auditQuery = (filter: AuditFilter) =>
  infiniteQueryOptions({
    queryKey: ["admin", "audit", filter],
    queryFn: ({ pageParam, signal }) =>
      call<PageOf<AuditRow>>("get", "/api/admin/audit", { query: { ...query(pageParam), ...filter }, signal }),
    ...paged,
    select: (data) => data.pages.flatMap((page) => page.items),
  });

/** Changes an account. */
export async function changeAccount(cache: QueryClient, id: string, body: AdminChange): Promise<void> {
  await call<AdminUser>("patch", "/api/admin/users/{id}", { path: { id }, body });
  await cache.invalidateQueries({ queryKey: ["admin"] });
}

/** All of what happened that the filter lets through, as a file. */
export async function fetchAuditFile(filter: AuditFilter): Promise<Blob> {
  const address = new URL("/api/admin/audit.csv", location.origin);
  address.search = new URLSearchParams({ ...filter }).toString();
  const response = await fetchSigned(address);
  if (!response.ok) throw problemFrom(response.status, await response.json().catch(() => undefined), response.headers);
  return response.blob();
}
