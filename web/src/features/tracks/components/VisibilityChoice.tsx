import type { Visibility } from "@/api/types";
import { t } from "@/ui/text/text";

const CHOICES = ["public", "unlisted", "private"] as const satisfies readonly Visibility[];

/** Who hears it: three radio buttons, each with what it means. */
export function VisibilityChoice({ value }: { value: Visibility }) {
  return (
    <fieldset>
      <legend className="legend">{t("edit.visibility")}</legend>
      {CHOICES.map((choice) => (
        <label key={choice} className="choice">
          <input type="radio" name="visibility" value={choice} defaultChecked={choice === value} />
          <span>
            <span className="block font-medium">{t(`visibility.${choice}`)}</span>
            <span className="hint">{t(`visibility.${choice}Hint`)}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
