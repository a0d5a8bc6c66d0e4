import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { Icon } from "@/ui/Icon";
import { t } from "@/ui/text/text";

const IS_MAC = /Mac|iPhone|iPad/.test(navigator.userAgent);

/** The search from every page. What is typed is searched for on the search page, which has a field of its own. */
export function TopSearch() {
  const navigate = useNavigate();
  const [q, setQ] = useState("");
  return (
    <search className="top-search">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void navigate({ to: "/search", search: q.trim() ? { q: q.trim() } : {} });
        }}
      >
        <Icon name="probe" />
        <input
          type="text"
          inputMode="search"
          enterKeyHint="search"
          autoComplete="off"
          spellCheck={false}
          className="input"
          maxLength={200}
          aria-label={t("search.field")}
          aria-keyshortcuts="Control+K Meta+K /"
          placeholder={t("search.placeholder")}
          value={q}
          onChange={(event) => setQ(event.target.value)}
        />
        <kbd>{t(IS_MAC ? "search.fieldKeysMac" : "search.fieldKeys")}</kbd>
      </form>
    </search>
  );
}
