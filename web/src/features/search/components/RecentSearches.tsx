import { Button } from "@/ui/Button";
import { Icon } from "@/ui/Icon";
import { t } from "@/ui/text/text";
import { forgetSearches, useRecentSearches } from "../recent";

/** What was searched for lately: one press away, and one press from being forgotten. */
export function RecentSearches({ onChoose }: { onChoose: (q: string) => void }) {
  const recent = useRecentSearches();
  if (recent.length === 0) return null;
  return (
    <section className="mt-6" aria-labelledby="recent">
      <div className="browse-head mb-3!">
        <h2 id="recent" className="text-xl">
          {t("search.recent")}
        </h2>
        <Button look="plain" size="s" onClick={forgetSearches}>
          {t("search.forget")}
        </Button>
      </div>
      <ul className="chips">
        {recent.map((q) => (
          <li key={q} className="min-w-0 max-w-full">
            <button type="button" className="chip" onClick={() => onChoose(q)}>
              <Icon name="clock" small />
              <span className="truncate" dir="auto">
                {q}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
