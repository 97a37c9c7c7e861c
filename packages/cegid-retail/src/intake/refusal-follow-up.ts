import { endsPermission, isEnding, type ConsentState, type FollowUpV1, type JsonValue, type SubjectWriteV1 } from "@volenti/core/adapter";

/** The refusals of an item that are to be looked at once more in one record. */
export interface RefusalFollowUp {
  readonly customerId: string;
  readonly item: SubjectWriteV1;
}

type Kept = Pick<ConsentState, "purpose" | "channel" | "decisionId" | "status" | "effectiveAt" | "purposeVersion">;

/** Null where the item refuses nothing. */
export function toRefusals(request: { item: SubjectWriteV1; customerId: string }): RefusalFollowUp | null {
  const { item: { writeId, subject: { ref, test }, states }, customerId } = request;
  const refusals = states.filter(({ status }) => endsPermission(status) && !isEnding(status));
  return refusals.length === 0 || customerId === "" ? null : toFollowUpOf({ writeId, ref, test, customerId, states: refusals });
}

/** As a ledger keeps it: refs, ids and codes, and no value that a person gave. One of each record and decision. */
export function toFollowUp({ customerId, item }: RefusalFollowUp): FollowUpV1 {
  const { subject: { ref, test }, states } = item;
  const [first = ""] = states.map(({ decisionId }) => decisionId).toSorted();
  const kept = states.map(({ purpose, channel, decisionId, status, effectiveAt, purposeVersion }): Kept => ({ purpose, channel, decisionId, status, effectiveAt, purposeVersion }));
  return { followUpId: `${customerId} ${first}`, subjectRef: ref, document: { customerId, test, states: kept.map((state) => ({ ...state })) } };
}

/** Null for a document that is none of ours. */
export function readFollowUp({ followUpId, subjectRef, document }: FollowUpV1): RefusalFollowUp | null {
  if (!isObject(document)) return null;
  const { customerId, test, states } = document;
  if (typeof customerId !== "string" || customerId === "" || !Array.isArray(states)) return null;
  const kept = (states as readonly JsonValue[]).flatMap((state) => (isKept(state) ? [state] : []));
  if (kept.length === 0 || kept.length < states.length) return null;
  return toFollowUpOf({ writeId: followUpId, ref: subjectRef, test: test === true, customerId, states: kept });
}

function toFollowUpOf(request: { writeId: string; ref: string; test: boolean; customerId: string; states: readonly Kept[] }): RefusalFollowUp {
  const { writeId, ref, test, customerId } = request;
  const states = request.states.map((state): ConsentState => ({ ...state, validUntil: null, recipients: null, attributes: null }));
  const subject = { ref, identifiers: [], country: "", ageBand: "unknown", test } as const;
  return { customerId, item: { writeId, mode: "existingOnly", subject, submissions: [], decisions: [], states } };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isKept(value: unknown): value is Kept {
  if (!isObject(value)) return false;
  const { purpose, channel, decisionId, status, effectiveAt, purposeVersion } = value;
  const isRefusal = typeof status === "string" && endsPermission(status as ConsentState["status"]) && !isEnding(status as ConsentState["status"]);
  return isRefusal && typeof effectiveAt === "number" && [purpose, channel, decisionId, purposeVersion].every((text) => typeof text === "string");
}
