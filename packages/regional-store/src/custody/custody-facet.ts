import type { CustodyFacetV1 } from "@volenti/core/adapter";
import type { StoreParts } from "../store-parts.ts";
import { createAccessLog } from "./access-log.ts";
import { createHolds } from "./holds.ts";
import { createMerges } from "./merges.ts";
import { createRightsRequests } from "./rights-requests.ts";
import { createSuppressions } from "./suppressions.ts";

/** What is kept of how people are treated. Changes run as the eraser, the access log and a list of merged people as the reader, looks as the auditor. */
export function createCustody(request: { parts: () => StoreParts }): CustodyFacetV1 {
  return {
    ...createHolds(request),
    ...createMerges(request),
    ...createSuppressions(request),
    ...createRightsRequests(request),
    ...createAccessLog(request),
  };
}
