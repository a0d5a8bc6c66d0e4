import { useLocation, useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";

/** The secret called `name` that a letter's link carries behind `#`, where no server and no log sees it. It leaves the address at once. */
export function useSecret(name = "token"): string {
  const hash = useLocation({ select: (location) => location.hash });
  const navigate = useNavigate();
  const [secret] = useState(() => new URLSearchParams(hash).get(name) ?? "");
  useEffect(() => {
    if (hash) void navigate({ to: ".", search: true, hash: "", replace: true });
  }, [hash, navigate]);
  return secret;
}
