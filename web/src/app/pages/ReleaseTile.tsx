import type { Release } from "@/api/types";
import { ReleaseCard } from "@/features/releases/components/ReleaseCard";
import { useReleaseButton } from "../listening/useReleaseButton";

/** A release as a square that plays. */
export function ReleaseTile({ release, byYear }: { release: Release; byYear?: boolean }) {
  const { button } = useReleaseButton(release);
  return <ReleaseCard release={release} button={button} byYear={byYear} />;
}
