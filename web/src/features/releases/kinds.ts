import type { Release } from "@/api/types";
import { t } from "@/ui/text/text";

/** The kinds of a release, in the order a discography shows them. */
export const KINDS = ["album", "ep", "single", "compilation"] as const satisfies readonly Release["kind"][];

/** Whether `word` is one of them. */
export function isKind(word: unknown): word is Release["kind"] {
  return (KINDS as readonly unknown[]).includes(word);
}

/** The year of a release, or nothing. */
export function yearOf({ released_on }: Release): string | undefined {
  return released_on?.slice(0, 4);
}

/** `Album, 2026`. */
export function kindAndYear(release: Release): string {
  const year = yearOf(release);
  const kind = t(`release.kind.${release.kind}`);
  return year ? t("release.kindAndYear", { kind, year }) : kind;
}
