import type { CustodyFacetV1 } from "@volenti/core/adapter";
import type { MemorySession } from "../transport/memory-session.ts";
import { createHoldKeeper } from "./keep-holds.ts";
import { createAccessLog } from "./keep-access-log.ts";
import { createRequestKeeper } from "./keep-requests.ts";
import { createRestrictionKeeper } from "./keep-restrictions.ts";
import { createSuppressionKeeper } from "./keep-suppressions.ts";
import { createMerger } from "./merge-subjects.ts";

/** How people are treated, beside what they decided. */
export function createCustody(session: MemorySession): CustodyFacetV1 {
  return {
    ...createHoldKeeper(session),
    ...createRestrictionKeeper(session),
    ...createMerger(session),
    ...createSuppressionKeeper(session),
    ...createRequestKeeper(session),
    ...createAccessLog(session),
  };
}
