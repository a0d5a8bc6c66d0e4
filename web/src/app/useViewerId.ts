import { useSession } from "@/features/account/useSession";

/** Who looks, or nobody. */
export function useViewerId(): string | undefined {
  const session = useSession();
  return session.is === "signedIn" ? session.user.id : undefined;
}
