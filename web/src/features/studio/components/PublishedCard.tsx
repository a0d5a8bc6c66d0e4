import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import type { ReleaseDetail } from "@/api/types";
import { Cover } from "@/ui/Cover";
import { artistNames } from "@/ui/text/artists";
import { t } from "@/ui/text/text";
import { say } from "@/ui/toast/toasts";
import { ownReleaseQuery } from "../api";
import { standingWords } from "../standing";

/** How often to look while tracks are still being made ready. */
const LOOK_MS = 2_500;

/** A release that has just been published: live, or on its way there. Says so once when it is. */
export function PublishedCard({ release }: { release: ReleaseDetail }) {
  const { data = release } = useQuery({
    ...ownReleaseQuery(release.id),
    initialData: release,
    refetchInterval: ({ state }) => (state.data?.state === "processing" ? LOOK_MS : false),
  });
  const told = useRef(false);
  const live = data.state === "live";
  useEffect(() => {
    if (!live || told.current) return;
    told.current = true;
    say(t("review.live", { title: data.title }));
  }, [live, data.title]);
  return (
    <li className="published" data-state={data.state}>
      <Cover seed={data.id} url={data.cover?.urls.w300 ?? null} picture={data.cover} sizes="96px" />
      <div className="min-w-0">
        <h2 className="display text-xl clamp-3" dir="auto">
          {data.title}
        </h2>
        <p className="text-muted truncate" dir="auto">
          {artistNames(data.artists.map(({ name }) => name))}
        </p>
        <p className={live ? "text-positive" : "text-muted"} role="status">
          {standingWords(data)}
        </p>
      </div>
      <Link to="/release/$slug" params={{ slug: data.slug }} className="btn btn-accent">
        {t("review.open")}
      </Link>
    </li>
  );
}
