import { CONSENT_STATUSES, type ConnectorTraitsV1 } from "@volenti/core/adapter";
import type { Settings } from "./settings.ts";

/** Sixteen calls carry as many new people with three decisions each: what a call costs is the day's budget, not its size. */
const WIDEST_BATCH = 1000;

/** What the org keeps of its promises, with the evidence for each. */
export function salesforceTraits(request: { settings: Settings; guard: Settings["staleWriteGuard"] }): ConnectorTraitsV1 {
  const { settings, guard } = request;
  return {
    // The validation rule VolentiStaleWrite, which `volenti doctor` proves on the org with a probe record.
    staleWriteGuard: guard,
    // The rule VolentiStaleProfile on the profile object.
    profileStaleGuard: guard,
    // VolentiDecisionId__c is unique; without the log, a consent row is written again with the same result.
    idempotency: settings.decisionLog ? "byDecisionId" : "byNaturalKey",
    // A collection's rows land each on its own.
    atomicity: "perRecord",
    historyDepth: settings.decisionLog ? "everyDecision" : "latestOnly",
    readAfterWrite: "immediate",
    // What orders decisions is a number of milliseconds; dateTime fields, which keep seconds, are for people.
    instantPrecision: "millisecond",
    representableStatuses: CONSENT_STATUSES,
    subjectKeys: [...new Set(settings.matchKeys.map(({ kind }) => kind))],
    preferredBatchSize: WIDEST_BATCH,
    maxBatchSize: settings.bulk === null ? WIDEST_BATCH : Math.max(WIDEST_BATCH, settings.bulk.fromSubmissions),
  };
}
