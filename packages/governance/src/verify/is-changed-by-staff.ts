import type { ConsentState } from "@volenti/core/adapter";

/** Decisions of submissions are UUIDs: none of them begins so. */
const STAFF_PREFIX = "staff-";

/**
 * Whether a state is what people made in the system itself, a consent that they clicked or an opt-out flag that they set,
 * and what is not recorded as a decision until somebody collects it: connectors name it by its instant, `staff-…`.
 */
export function isChangedByStaff({ decisionId }: Pick<ConsentState, "decisionId">): boolean {
  return decisionId.startsWith(STAFF_PREFIX);
}
