import type { Licence } from "@/api/types";

/** Every licence, from the strictest to the freest. */
export const LICENCES = [
  "all_rights_reserved",
  "cc_by_nc_nd",
  "cc_by_nc_sa",
  "cc_by_nc",
  "cc_by_nd",
  "cc_by_sa",
  "cc_by",
  "cc0",
] as const satisfies readonly Licence[];
