import type { Track } from "@/api/types";
import { Cover } from "@/ui/Cover";
import { artistNames } from "@/ui/text/artists";
import { t } from "@/ui/text/text";

/** Beyond this many characters a title is set smaller. */
const LONG_TITLE = 48;

/** Cover, title, and who made it. */
export function TrackHead({ track }: { track: Track }) {
  return (
    <header className="track-head">
      <Cover seed={track.id} url={track.cover_url ?? null} />
      <div className="min-w-0">
        <p className="text-muted text-sm truncate" dir="auto">
          {track.release ? t("track.onRelease", { release: track.release }) : t("track.single")}
        </p>
        <h1 className={`display clamp-3 ${track.title.length > LONG_TITLE ? "long-title" : ""}`} dir="auto">
          {track.title}
        </h1>
        <p className="flex flex-wrap items-center gap-2">
          <span className="font-medium" dir="auto">
            {artistNames(track.artists)}
          </span>
          {track.genre && <span className="badge">{track.genre}</span>}
        </p>
      </div>
    </header>
  );
}
