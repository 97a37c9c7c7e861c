import { ConnectorError, type ConnectorErrorCode, type CustomerLinkV1, type LinkOutcomeV1 } from "@volenti/core/adapter";
import { isErased } from "../erasure/is-erased.ts";
import { planLinkMarker, readLinkMarker, toCustomerId } from "../mapping/customer-id.ts";
import { toSafeUpdate } from "../mapping/merge-members.ts";
import { readSubjectRef, toRefWrites } from "../mapping/subject-ref.ts";
import { mergeUserWrites } from "../mapping/user-slot.ts";
import type { CustomerInputData, CustomerQueryData } from "../soap/data-contract.ts";
import type { CegidSession } from "../transport/cegid-session.ts";
import { CONNECTOR_ID } from "../transport/connector-id.ts";
import { readCustomer } from "../transport/read-customer.ts";
import { listBearers } from "./list-bearers.ts";

const OPERATION = "linking.link";

interface LinkTerms {
  readonly session: CegidSession;
  readonly link: CustomerLinkV1;
  readonly signal: AbortSignal | undefined;
}

/**
 * One link: looks at the record and at who else bears the link, writes it where its place is empty, and reads it back; six
 * calls. Y2 compares nothing while it writes: of two processes that race for one record the later one stands, and the
 * earlier one is told `conflict` where it reads back after that.
 */
export async function writeLink(terms: LinkTerms): Promise<LinkOutcomeV1> {
  const { session, link: { customerId, subjectRef }, signal } = terms;
  const marker = toCustomerId(subjectRef);
  if (marker === null) return { customerId, status: "failed", error: failure({ code: "invalidInput", fieldNames: ["subjectRef"] }) };
  const work = (): Promise<LinkOutcomeV1> => session.inSequence({ key: `link ${marker}`, work: () => linkInTurn({ ...terms, marker }), signal });
  try {
    return await session.inSequence({ key: customerId, work, signal });
  } catch (error) {
    if (!ConnectorError.isInstance(error)) throw error;
    return { customerId, status: "failed", error };
  }
}

async function linkInTurn(request: LinkTerms & { marker: string }): Promise<LinkOutcomeV1> {
  const { session, link: { customerId, subjectRef }, marker, signal } = request;
  const { settings } = session;
  const read = (): Promise<CustomerQueryData | null> => readCustomer({ session, customerId, operation: OPERATION, signal });
  const first = planLink({ ...request, stored: await read() });
  if ("status" in first) return first;
  const bearers = await listBearers({ terms: { session, operation: OPERATION, signal }, ref: subjectRef });
  if (bearers.some(({ CustomerId }) => CustomerId !== customerId)) return { customerId, status: "conflict" };
  // Read again: an update sends all opt-ins, and puts back what a cashier changed while the others were asked for.
  const plan = planLink({ ...request, stored: await read() });
  if ("status" in plan) return plan;
  const modifiedData = toSafeUpdate({ settings, ...plan });
  await session.call({ name: "UpdateCustomer", arguments: { customerId, modifiedData }, operation: OPERATION, changes: true, isUrgent: true, signal });
  const after = await read();
  const isLinked = after !== null && readLinkMarker({ settings, stored: after }) === marker;
  return isLinked ? { customerId, status: "linked", recordId: customerId } : { customerId, status: "conflict" };
}

/** What is to be written to a record, or why nothing is. */
function planLink(request: LinkTerms & { marker: string; stored: CustomerQueryData | null }): LinkOutcomeV1 | { readonly stored: CustomerQueryData; readonly parts: readonly CustomerInputData[] } {
  const { session: { settings }, link: { customerId, subjectRef }, marker, stored } = request;
  if (stored === null || stored.Closed === true || isErased({ settings, stored })) {
    return { customerId, status: "failed", error: failure({ code: "rejectedByProvider", providerCode: stored === null ? "unknownCustomer" : "closedCustomer" }) };
  }
  // A company that has a person's address is not made that person by the next write.
  if (stored.IsCompany === true) return { customerId, status: "conflict" };
  if (![null, subjectRef].includes(readSubjectRef({ settings, stored }))) return { customerId, status: "conflict" };
  const plan = planLinkMarker({ settings, stored, marker });
  if (plan.kind === "marked") return { customerId, status: "unchanged", ...(customerId === marker ? {} : { recordId: customerId }) };
  if (plan.kind === "unsupported") return { customerId, status: "failed", error: failure({ code: "unsupported", fieldNames: ["linkField"] }) };
  if (plan.kind !== "free") return { customerId, status: "conflict" };
  const writes = [...plan.writes, ...toRefWrites({ settings, stored, ref: subjectRef })];
  const userMembers = mergeUserWrites({ stored: settings.absentValues === "keep" ? null : stored, writes });
  return { stored, parts: [...(plan.barcode === null ? [] : [{ Barcode: plan.barcode }]), userMembers] };
}

function failure(request: { code: ConnectorErrorCode; providerCode?: string; fieldNames?: readonly string[] }): ConnectorError {
  return new ConnectorError({ ...request, connectorId: CONNECTOR_ID, operation: OPERATION });
}
