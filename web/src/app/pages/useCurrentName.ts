import { useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";

/** Whoever came by a former name, or by an id, goes on under the present name. */
export function useCurrentName(asked: string, current: string | undefined): void {
  const navigate = useNavigate();
  useEffect(() => {
    if (current && current !== asked) void navigate({ to: "/user/$name", params: { name: current }, replace: true });
  }, [asked, current, navigate]);
}
