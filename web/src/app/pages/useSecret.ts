import { useLocation, useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";

/** The secret called `name` that a letter's link carries behind `#`, where no server and no log sees it. It leaves the address at once. */
export function useSecret(name = "token"): string {
  const hash = useLocation({ select: (location) => location.hash });
  const navigate = useNavigate();
  const told = new URLSearchParams(hash).get(name) ?? "";
  const [secret, setSecret] = useState(told);
  // another letter opened in the same tab
  if (told && told !== secret) setSecret(told);
  useEffect(() => {
    if (hash) void navigate({ to: ".", search: true, hash: "", replace: true });
  }, [hash, navigate]);
  return secret;
}
