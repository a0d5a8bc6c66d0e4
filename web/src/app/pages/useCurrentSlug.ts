import { useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";

/** Puts the name a thing has now into the address, where it was opened by a former one or by its id. */
export function useCurrentSlug(to: "/release/$slug" | "/artist/$slug", shown: string, current: string | undefined): void {
  const navigate = useNavigate();
  useEffect(() => {
    if (current && current !== shown) void navigate({ to, params: { slug: current }, replace: true });
  }, [navigate, to, shown, current]);
}
