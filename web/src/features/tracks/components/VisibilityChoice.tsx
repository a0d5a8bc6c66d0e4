import type { Visibility } from "@/api/types";
import { t } from "@/ui/text/text";

const CHOICES = ["public", "unlisted", "private"] as const satisfies readonly Visibility[];

interface Props {
  value: Visibility;
  onChange: (value: Visibility) => void;
}

/** Who hears it: three radio buttons, each with what it means. */
export function VisibilityChoice({ value, onChange }: Props) {
  return (
    <fieldset>
      <legend className="legend">{t("edit.visibility")}</legend>
      {CHOICES.map((choice) => (
        <label key={choice} className="choice">
          <input type="radio" name="visibility" value={choice} checked={choice === value} onChange={() => onChange(choice)} />
          <span>
            <span className="block font-medium">{t(`visibility.${choice}`)}</span>
            <span className="hint">{t(`visibility.${choice}Hint`)}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
