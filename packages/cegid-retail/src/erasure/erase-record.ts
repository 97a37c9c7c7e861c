import { ConnectorError, type ErasureOutcomeV1 } from "@volenti/core/adapter";
import { mergeMembers, toUpdateMembers } from "../mapping/merge-members.ts";
import { hasEmail, mapOptIns, toHeldOptInMembers, type OptInSet } from "../mapping/opt-in-set.ts";
import { toConsentStates } from "../mapping/to-consent-states.ts";
import { mergeUserWrites } from "../mapping/user-slot.ts";
import type { CustomerInputData, CustomerQueryData } from "../soap/data-contract.ts";
import type { CegidSession } from "../transport/cegid-session.ts";
import { CONNECTOR_ID } from "../transport/connector-id.ts";
import { readCustomer } from "../transport/read-customer.ts";
import { isErased } from "./is-erased.ts";
import { listIdentifyingLeft, readPersonalValues, toBlankMembers, toBlankWrites } from "./personal-members.ts";

export interface ErasureTerms {
  readonly session: CegidSession;
  readonly operation: string;
}

const REFUSED: OptInSet = { optIns: mapOptIns(() => "DoNotUse"), emailingAccepted: false, sendReceiptByMail: false, directMail: false };

/**
 * Erases one customer and looks at what is left. Safe to run again after any interruption: a record of which nothing is left
 * answers `notFound`. What Y2 will not erase is `masked` where it was
 * emptied, else `retained`, with every opt-in refused; a record that still holds what it
 * held is an error that names the members.
 */
export function eraseRecord(request: ErasureTerms & { customerId: string }): Promise<readonly ErasureOutcomeV1[]> {
  const { session, customerId } = request;
  return session.inSequence({ key: customerId, work: () => eraseInTurn(request) });
}

async function eraseInTurn(request: ErasureTerms & { customerId: string }): Promise<readonly ErasureOutcomeV1[]> {
  const { session, customerId, operation } = request;
  const { settings } = session;
  const stored = await readCustomer({ session, customerId, operation, isUrgent: true });
  if (stored === null) return [];
  const wasErased = isErased({ settings, stored });
  if (settings.anonymisation === null) return wasErased ? [] : closeAndBlank({ ...request, stored, reason: "closedAndBlankedOnly" });
  const refusal = await tryToAnonymise(request);
  if (refusal !== null) return refuseOptIns({ ...request, stored, wasErased, reason: refusal });
  const settled = await settleAnonymised({ ...request, stored });
  if (typeof settled === "object") return closeAndBlank({ ...request, stored: settled, reason: "anonymisationWithoutEffect" });
  return wasErased && settled === "unchanged" ? [] : describe({ session, operation, stored, outcome: "erased" });
}

/** Why Y2 refuses it, in code words; null where it did it. */
async function tryToAnonymise(request: ErasureTerms & { customerId: string }): Promise<string | null> {
  const { session, customerId, operation } = request;
  try {
    await session.anonymise({ customerIds: [customerId], operation });
    return null;
  } catch (error) {
    if (!ConnectorError.isInstance(error) || error.code !== "rejectedByProvider") throw error;
    return /^[a-z][A-Za-z]{2,40}$/.test(error.providerCode ?? "") ? (error.providerCode ?? "") : "anonymisationRefused";
  }
}

/**
 * What Y2 anonymised is closed and refused, where Y2 did not do so itself. Answers whether anything of the record changed, or
 * the record as it stands where the service said that it did it, and the person is still to be known by it.
 */
async function settleAnonymised(request: ErasureTerms & { customerId: string; stored: CustomerQueryData }): Promise<"changed" | "unchanged" | CustomerQueryData> {
  const { session, customerId, operation, stored: before } = request;
  const { settings } = session;
  const { placeholderLastName } = settings.profile;
  const after = await readCustomer({ session, customerId, operation, isUrgent: true });
  if (after === null) return "changed";
  const values = { before: readPersonalValues({ stored: before, placeholderLastName }), after: readPersonalValues({ stored: after, placeholderLastName }) };
  if (isErased({ settings, stored: after })) return values.before.get("LastName") === values.after.get("LastName") ? "unchanged" : "changed";
  if (listIdentifyingLeft(values).length > 0) return after;
  await updateRecord({ ...request, stored: after, parts: [{ Closed: true }, toHeldOptInMembers({ set: REFUSED, stored: after }), mergeUserWrites({ stored: after, writes: toBlankWrites(after) })] });
  return "changed";
}

/** The fallback of a tenant without the service, or whose service does nothing. No erasure: invoices, the event log and whatever else Y2 keeps stay as they are. */
async function closeAndBlank(request: ErasureTerms & { customerId: string; stored: CustomerQueryData; reason: string }): Promise<readonly ErasureOutcomeV1[]> {
  const { session, customerId, operation, stored, reason } = request;
  const { settings } = session;
  const { EmailData, ...blank } = toBlankMembers(settings.profile);
  const emails = hasEmail(stored) ? { EmailData } : {};
  await updateRecord({
    ...request,
    parts: [mergeMembers([toHeldOptInMembers({ set: REFUSED, stored }), blank, emails]), { Closed: true, ...mergeUserWrites({ stored, writes: toBlankWrites(stored) }) }],
  });
  const after = await readCustomer({ session, customerId, operation, isUrgent: true });
  if (after !== null && !isErased({ settings, stored: after })) {
    throw stillHeld({ operation, fieldNames: [...readPersonalValues({ stored: after, ...settings.profile }).keys()] });
  }
  return describe({ session, operation, stored, outcome: "retained", profileOutcome: "masked", reason });
}

/** Whoever asked to be erased is written to no more, also where the record has to stay. What Y2 refused is told as retained each time. */
async function refuseOptIns(request: ErasureTerms & { customerId: string; stored: CustomerQueryData; wasErased: boolean; reason: string }): Promise<readonly ErasureOutcomeV1[]> {
  const { session, operation, stored, wasErased, reason } = request;
  if (!wasErased) await updateRecord({ ...request, parts: [toHeldOptInMembers({ set: REFUSED, stored })] });
  return describe({ session, operation, stored, outcome: "retained", reason });
}

async function updateRecord(request: ErasureTerms & { customerId: string; stored: CustomerQueryData; parts: readonly CustomerInputData[] }): Promise<void> {
  const { session, customerId, operation, stored, parts } = request;
  const modifiedData = toUpdateMembers({ stored, parts });
  await session.call({ name: "UpdateCustomer", arguments: { customerId, modifiedData }, operation, changes: true, isUrgent: true });
}

function describe(request: {
  session: CegidSession;
  operation: string;
  stored: CustomerQueryData;
  outcome: "erased" | "retained";
  /** Where it fared otherwise than the opt-ins. */
  profileOutcome?: "masked";
  reason?: string;
}): readonly ErasureOutcomeV1[] {
  const { session, operation, stored, outcome, profileOutcome = outcome, reason } = request;
  const { settings } = session;
  const states = toConsentStates({ settings, catalogue: session.context(operation).catalogue, stored }).length;
  const why = reason === undefined ? {} : { reason };
  return [{ kind: "profile", count: 1, outcome: profileOutcome, ...why }, ...(states === 0 ? [] : [{ kind: "states", count: states, outcome, ...why }])];
}

function stillHeld(request: { operation: string; fieldNames: readonly string[] }): ConnectorError {
  const { operation, fieldNames } = request;
  return new ConnectorError({ code: "rejectedByProvider", connectorId: CONNECTOR_ID, operation, providerCode: "stillHeld", fieldNames: fieldNames.length === 0 ? undefined : fieldNames });
}
