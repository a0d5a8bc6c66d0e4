import { useId, useState } from "react";
import type { Place } from "@/api/types";
import { Button } from "./Button";
import { IconButton } from "./IconButton";
import { t } from "./text/text";

const MOST = 8;

interface Row {
  key: number;
  label: string;
  url: string;
}

/** Places elsewhere: what to call each, and its address. An empty one is left out. */
export function LinksField({ links, problem }: { links: readonly Place[]; problem: string | undefined }) {
  const [rows, setRows] = useState<Row[]>(() => links.map((link, key) => ({ key, ...link })));
  const [next, setNext] = useState(links.length);
  const id = useId();
  const add = () => {
    setRows([...rows, { key: next, label: "", url: "" }]);
    setNext(next + 1);
  };
  return (
    <fieldset className="grid gap-2" aria-describedby={problem ? id : undefined}>
      <legend className="legend mb-2">{t("artist.links")}</legend>
      {rows.map((row, i) => (
        <div key={row.key} className="grid grid-cols-[minmax(0,1fr)_minmax(0,1.4fr)_auto] items-center gap-2">
          <input
            name="link_label"
            className="input"
            defaultValue={row.label}
            maxLength={60}
            dir="auto"
            aria-label={t("links.name", { number: i + 1 })}
            placeholder={t("links.nameSample")}
          />
          <input
            name="link_url"
            className="input"
            type="url"
            defaultValue={row.url}
            maxLength={500}
            dir="ltr"
            aria-label={t("links.address", { number: i + 1 })}
            placeholder={t("links.addressSample")}
          />
          <IconButton
            icon="trash"
            name={t("links.remove", { number: i + 1 })}
            small
            onClick={() => setRows(rows.filter(({ key }) => key !== row.key))}
          />
        </div>
      ))}
      {problem && (
        <p id={id} className="err">
          {problem}
        </p>
      )}
      {rows.length < MOST && (
        <Button look="ghost" size="s" className="justify-self-start" onClick={add}>
          {t("links.add")}
        </Button>
      )}
    </fieldset>
  );
}

/** The links of a form, without the empty ones. */
export function linksOf(form: FormData): Place[] {
  const labels = form.getAll("link_label").map(String);
  return form
    .getAll("link_url")
    .map((url, i) => ({ label: (labels[i] ?? "").trim(), url: String(url).trim() }))
    .filter(({ url }) => url !== "");
}
