import { useNavigate, useRouter } from "@tanstack/react-router";
import type { SignedIn } from "@/api/types";

/** Where newcomers begin. */
const FIRST = "/upload";

/** Where newcomers go: to prove their address where the instance asks for it, else where they wanted to. */
export function useArrival(next: string | undefined): (signedIn: SignedIn) => void {
  const navigate = useNavigate();
  const router = useRouter();
  return ({ user }) => {
    if (user.must_verify && !user.email_verified) void navigate({ to: "/verify-email", search: { next: next ?? FIRST } });
    else router.history.push(next ?? FIRST);
  };
}
