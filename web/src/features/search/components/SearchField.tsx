import { useId } from "react";
import { Icon } from "@/ui/Icon";
import { IconButton } from "@/ui/IconButton";
import { t } from "@/ui/text/text";
import { useTyped } from "../useTyped";

interface Props {
  q: string;
  /** When typing rests. */
  onSearch: (q: string) => void;
  /** Enter: this is what was meant. */
  onMeant: (q: string) => void;
}

/** Where one types what to look for. */
export function SearchField({ q, onSearch, onMeant }: Props) {
  const [text, setText] = useTyped(q, onSearch);
  const id = useId();
  return (
    <search>
      <form
        className="search-field"
        onSubmit={(event) => {
          event.preventDefault();
          onMeant(text);
        }}
      >
        <Icon name="probe" />
        <label htmlFor={id} className="sr-only">
          {t("search.field")}
        </label>
        <input
          id={id}
          type="text"
          inputMode="search"
          enterKeyHint="search"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          className="input"
          dir="auto"
          maxLength={200}
          value={text}
          placeholder={t("search.placeholder")}
          // biome-ignore lint/a11y/noAutofocus: the page is this field
          autoFocus
          onChange={(event) => setText(event.target.value)}
        />
        {text !== "" && <IconButton icon="close" name={t("search.clear")} small onClick={() => setText("")} />}
      </form>
    </search>
  );
}
