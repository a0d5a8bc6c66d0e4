import type { Release, Visibility } from "@/api/types";
import { LICENCES } from "@/ui/licences";
import { NamesField } from "@/ui/NamesField";
import { SelectField } from "@/ui/SelectField";
import { TextArea } from "@/ui/TextArea";
import { TextField } from "@/ui/TextField";
import { t } from "@/ui/text/text";
import type { Faults } from "../faults";
import type { Sheet } from "../sheet";
import { PublishMoment } from "./PublishMoment";

const KINDS = ["album", "ep", "single", "compilation"] as const satisfies readonly Release["kind"][];
const VISIBILITIES = ["public", "unlisted", "private"] as const satisfies readonly Visibility[];

interface Props {
  sheet: Sheet;
  faults: Faults;
  /** Tells this release's choices from those of another on the same page. */
  name: string;
  onChange: (change: Partial<Sheet>) => void;
}

/** Everything about a release but its cover and tracks. */
export function ReleaseFields({ sheet, faults, name, onChange }: Props) {
  return (
    <div className="release-fields">
      <TextField
        label={t("review.title")}
        value={sheet.title}
        maxLength={255}
        dir="auto"
        problem={faults.title}
        onChange={(event) => onChange({ title: event.target.value })}
      />
      <div className="fields-2">
        <NamesField
          label={t("review.artists")}
          value={sheet.artists}
          problem={faults.artists}
          onChange={(artists) => onChange({ artists })}
        />
        <SelectField
          label={t("review.kind")}
          value={sheet.kind}
          choices={KINDS.map((kind) => ({ value: kind, label: t(`release.kind.${kind}`) }))}
          problem={faults.kind}
          onChange={(kind) => onChange({ kind })}
        />
      </div>
      <div className="fields-3">
        <TextField
          label={t("review.date")}
          value={sheet.released_on}
          placeholder={t("review.datePlaceholder")}
          inputMode="numeric"
          maxLength={10}
          problem={faults.released_on}
          onChange={(event) => onChange({ released_on: event.target.value })}
        />
        <TextField
          label={t("review.genre")}
          value={sheet.genre}
          maxLength={50}
          dir="auto"
          problem={faults.genre}
          onChange={(event) => onChange({ genre: event.target.value })}
        />
        <SelectField
          label={t("review.licence")}
          value={sheet.licence}
          choices={LICENCES.map((licence) => ({ value: licence, label: t(`licence.${licence}`) }))}
          problem={faults.licence}
          onChange={(licence) => onChange({ licence })}
        />
      </div>
      <fieldset className="choices">
        <legend className="legend">{t("review.visibility")}</legend>
        {VISIBILITIES.map((visibility) => (
          <label key={visibility} className="choice" title={t(`visibility.${visibility}Hint`)}>
            <input
              type="radio"
              name={`visibility ${name}`}
              checked={sheet.visibility === visibility}
              onChange={() => onChange({ visibility })}
            />
            {t(`review.visible.${visibility}`)}
          </label>
        ))}
      </fieldset>
      <details className="more-fields" open={faults.label || faults.description || faults.publish_at ? true : undefined}>
        <summary>{t("review.more")}</summary>
        <div className="fields-2">
          <TextField
            label={t("review.label")}
            value={sheet.label}
            maxLength={255}
            dir="auto"
            problem={faults.label}
            onChange={(event) => onChange({ label: event.target.value })}
          />
          <PublishMoment value={sheet.publish_at} problem={faults.publish_at} onChange={(publish_at) => onChange({ publish_at })} />
        </div>
        <TextArea
          label={t("review.description")}
          value={sheet.description}
          rows={3}
          maxLength={5000}
          dir="auto"
          problem={faults.description}
          onChange={(event) => onChange({ description: event.target.value })}
        />
      </details>
    </div>
  );
}
