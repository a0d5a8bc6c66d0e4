import { useInfiniteQuery, useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { asProblem } from "@/api/problem";
import { Button } from "@/ui/Button";
import { Icon } from "@/ui/Icon";
import { Loading } from "@/ui/Loading";
import { FormProblem } from "@/ui/problem/FormProblem";
import { fieldSentence } from "@/ui/problem/problemSentence";
import { SistrumState } from "@/ui/SistrumState";
import { Skeleton } from "@/ui/Skeleton";
import { TextField } from "@/ui/TextField";
import { formatMoment } from "@/ui/text/dates";
import { t } from "@/ui/text/text";
import { type AuditFilter, type AuditRow, auditQuery, fetchAuditFile } from "../api";
import { MoreRows } from "./UsersTable";
import "@/ui/account.css";

/** What happened on this server, the newest first. */
export function AuditTable() {
  const [filter, setFilter] = useState<AuditFilter>({});
  const list = useInfiniteQuery(auditQuery(filter));
  const file = useMutation({ mutationFn: () => fetchAuditFile(filter), onSuccess: save });
  const problem = list.error && asProblem(list.error);
  return (
    <>
      <form
        className="admin-filter"
        onSubmit={(event) => {
          event.preventDefault();
          setFilter(filterOf(new FormData(event.currentTarget)));
        }}
      >
        <TextField label={t("admin.audit.action")} name="action" dir="ltr" autoComplete="off" problem={fieldSentence(problem, "action")} />
        <TextField label={t("admin.audit.actor")} name="actor" dir="ltr" autoComplete="off" problem={fieldSentence(problem, "actor")} />
        <TextField label={t("admin.audit.from")} name="from" type="datetime-local" />
        <TextField label={t("admin.audit.to")} name="to" type="datetime-local" />
        <Button type="submit">{t("admin.find")}</Button>
        <Button look="ghost" busy={file.isPending} onClick={() => file.mutate()}>
          <Icon name="down" small />
          {t("admin.audit.csv")}
        </Button>
      </form>
      <FormProblem problem={problem ?? (file.error && asProblem(file.error))} shown={["action", "actor"]} />
      {list.isPending && (
        <Loading>
          <Skeleton className="h-64" />
        </Loading>
      )}
      {list.data?.length === 0 && <SistrumState figure="empty" heading={t("admin.nothing")} text={t("admin.nothingText")} level={2} />}
      {list.data && list.data.length > 0 && <Rows rows={list.data} />}
      <MoreRows list={list} />
    </>
  );
}

function Rows({ rows }: { rows: readonly AuditRow[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a table wider than the page is pushed sideways by keys
    <section className="admin-wide" tabIndex={0} aria-label={t("admin.audit")}>
      <table className="admin-table">
        <thead>
          <tr>
            <th scope="col">{t("admin.audit.at")}</th>
            <th scope="col">{t("admin.audit.action")}</th>
            <th scope="col">{t("admin.audit.who")}</th>
            <th scope="col">{t("admin.audit.whom")}</th>
            <th scope="col">{t("admin.audit.where")}</th>
            <th scope="col">{t("admin.audit.changes")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.seq}>
              <td className="num">{formatMoment(row.at)}</td>
              <td>
                <code>{row.action}</code>
              </td>
              <td>{row.actor?.username ?? row.actor?.id ?? "–"}</td>
              <td>{row.subject.name ?? row.subject.kind}</td>
              <td title={row.agent ?? undefined}>{row.erased ? t("admin.audit.erased") : (row.ip ?? "–")}</td>
              <td>
                <code>{row.changes ? JSON.stringify(row.changes) : "–"}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function filterOf(form: FormData): AuditFilter {
  const typed = (name: string) => String(form.get(name) ?? "").trim();
  const moment = (name: string) => typed(name) && new Date(typed(name)).toISOString();
  const filter = { action: typed("action"), actor: typed("actor"), from: moment("from"), to: moment("to") };
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== ""));
}

function save(file: Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = "hathor-audit.csv";
  link.click();
  URL.revokeObjectURL(link.href);
}
