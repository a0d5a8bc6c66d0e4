import { useEffect, useRef } from "react";
import { Button } from "@/ui/Button";
import { t } from "@/ui/text/text";

interface Props {
  hasMore: boolean;
  loading: boolean;
  onMore: () => void;
}

/** The end of a list: brings the next page when it comes into sight, or when pressed. */
export function MoreButton({ hasMore, loading, onMore }: Props) {
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!end.current || !hasMore || loading || typeof IntersectionObserver === "undefined") return;
    const sight = new IntersectionObserver(([entry]) => entry?.isIntersecting && onMore(), { rootMargin: "400px" });
    sight.observe(end.current);
    return () => sight.disconnect();
  }, [hasMore, loading, onMore]);
  if (!hasMore) return null;
  return (
    <div ref={end} className="mt-6 flex justify-center">
      <Button look="ghost" busy={loading} onClick={onMore}>
        {t(loading ? "list.loadingMore" : "list.more")}
      </Button>
    </div>
  );
}
