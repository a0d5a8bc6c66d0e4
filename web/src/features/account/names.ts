import { t } from "@/ui/text/text";

const USERNAME = /^[A-Za-z0-9_.-]{3,50}$/;
/** As much of an address as can be told without asking: the server and a letter say the rest. */
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@.]+$/;

/** What is wrong with a username, or nothing. */
export function usernameFault(name: string): string | undefined {
  return USERNAME.test(name.trim()) ? undefined : t("signUp.usernameFault");
}

/** What is wrong with an address, or nothing. */
export function emailFault(email: string): string | undefined {
  return EMAIL.test(email.trim()) ? undefined : t("signUp.emailFault");
}
