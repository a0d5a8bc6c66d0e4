import { useQuery } from "@tanstack/react-query";
import { factorsQuery } from "@/api/factors";
import { meQuery } from "@/api/me";
import type { User } from "@/api/types";
import { optionsQuery } from "@/features/account/api";
import { DeletionSection } from "@/features/security/components/DeletionSection";
import { EmailSection } from "@/features/security/components/EmailSection";
import { LinkedSection } from "@/features/security/components/LinkedSection";
import { PasskeysSection } from "@/features/security/components/PasskeysSection";
import { PasswordSection } from "@/features/security/components/PasswordSection";
import { SessionsSection } from "@/features/security/components/SessionsSection";
import { TotpSection } from "@/features/security/components/TotpSection";
import { ListState } from "@/ui/ListState";

/** What guards the account, and what it is open to. */
export function SecuritySettings({ user }: { user: User }) {
  const factors = useQuery(factorsQuery());
  const { data: options } = useQuery(optionsQuery());
  // another tab, or a letter, may have moved the address
  useQuery({ ...meQuery(), staleTime: 0 });
  return (
    <>
      <EmailSection user={user} />
      <ListState query={factors}>
        {(known) => (
          <>
            <PasswordSection user={user} has={known.password} />
            <TotpSection factors={known} />
            {known.passkeys_offered !== false && <PasskeysSection passkeys={known.passkeys} />}
          </>
        )}
      </ListState>
      <LinkedSection providers={options?.providers ?? []} />
      <SessionsSection />
      <DeletionSection user={user} />
    </>
  );
}
