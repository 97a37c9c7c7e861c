import { CONSENT_STATUSES, isStanding, type ConnectorTraitsV1 } from "@volenti/core/adapter";
import { listSubjectKeys } from "./profile/list-subject-keys.ts";
import type { Settings } from "./settings.ts";

/** A customer a call: more in one batch only wait longer for their turn. */
const LARGEST_BATCH = 50;

/** What Y2 keeps of its promises, by the places that the tenant gives; test/conformance.test.ts proves it with a text a consent. */
export function toTraits(settings: Settings): ConnectorTraitsV1 {
  const { slots, consent: { purposeFields } } = settings;
  const hasTexts = purposeFields.size > 0;
  return {
    // UpdateCustomer compares nothing: the record is read, the slots and texts in it are compared, and it is read again after.
    staleWriteGuard: slots !== null || hasTexts ? "readThenWrite" : "none",
    // Y2 keeps one time a record, and none an attribute.
    profileStaleGuard: "none",
    // The record of a customer is written again, with the same result; our own ids keep a creation from doubling.
    idempotency: "byNaturalKey",
    // One UpdateCustomer carries profile and opt-ins. A coarser privacy level makes a yes a no, which is told decision by decision.
    atomicity: settings.privacyGranularity === "item" ? "perSubject" : "perRecord",
    historyDepth: "latestOnly",
    readAfterWrite: "immediate",
    instantPrecision: "second",
    // Four values an opt-in; a text a consent keeps the status, and neither version nor narrowing nor end.
    statusDetail: "meaning",
    representableStatuses: CONSENT_STATUSES.filter(isStanding),
    subjectKeys: listSubjectKeys(settings),
    maxBatchSize: LARGEST_BATCH,
    // Slots hold one decision for all of a record; texts hold an id each.
    ...(hasTexts ? {} : { decisionTies: "keepsFirstGrant" }),
  };
}
