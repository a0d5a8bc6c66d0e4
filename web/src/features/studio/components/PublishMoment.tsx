import { TextField } from "@/ui/TextField";
import { t } from "@/ui/text/text";

interface Props {
  /** RFC 3339; empty: as soon as everything is ready. */
  value: string;
  problem?: string;
  onChange: (value: string) => void;
}

/** When it goes live, in the person's own time. */
export function PublishMoment({ value, problem, onChange }: Props) {
  return (
    <TextField
      type="datetime-local"
      label={t("review.publishAt")}
      hint={t("review.publishAtHint")}
      value={value ? localOf(value) : ""}
      problem={problem}
      onChange={(event) => onChange(event.target.value ? new Date(event.target.value).toISOString() : "")}
    />
  );
}

/** `2026-11-21T18:00` on the person's own clock, as the browser's field wants it. */
function localOf(rfc3339: string): string {
  const moment = new Date(rfc3339);
  const shifted = new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 16);
}
