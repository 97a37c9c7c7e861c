import { endsPermission, isStanding, type ConsentStatus } from "@volenti/core/adapter";

/** The second member of the order: what ends a permission is greater than a grant of the same instant. Null for what never stands. */
export function rankOf(status: ConsentStatus): 0 | 1 | null {
  if (!isStanding(status)) return null;
  return endsPermission(status) ? 1 : 0;
}
