import { ConnectorError } from "@volenti/core/adapter";
import { failCall, type CallTerms } from "../identity/call-terms.ts";
import { toCustomerId } from "../mapping/customer-id.ts";
import { mergeMembers, toSafeUpdate } from "../mapping/merge-members.ts";
import type { CustomerQueryData } from "../soap/data-contract.ts";
import { readCustomer } from "../transport/read-customer.ts";
import type { CustomerPlan } from "./plan-customer.ts";

/** Sends a plan, and reads back what came of it. Two calls. Once the first was answered nobody but the second knows more: it fails as `outcomeUnknown`. */
export async function sendCustomer(request: { terms: CallTerms; plan: CustomerPlan; ref: string; isOutdated?: (() => boolean) | undefined }): Promise<CustomerQueryData> {
  const { terms } = request;
  const customerId = request.plan.stored === null ? await addCustomer(request) : await updateCustomer(request);
  try {
    const readBack = await readCustomer({ ...terms, customerId });
    // A merged one may be answered by another customer, who is none of ours to mend.
    if (readBack?.CustomerId === customerId) return readBack;
  } catch (error) {
    if (!ConnectorError.isInstance(error)) throw error;
    throw failCall({ terms, code: "outcomeUnknown", providerCode: error.providerCode });
  }
  throw failCall({ terms, code: "outcomeUnknown", providerCode: "notReadBack" });
}

async function addCustomer(request: { terms: CallTerms; plan: CustomerPlan; ref: string }): Promise<string> {
  const { terms, plan, ref } = request;
  const { session, ...rest } = terms;
  const { customerIdStrategy, usualStoreId } = session.settings;
  const CustomerId = customerIdStrategy === "deterministic" ? toCustomerId(ref) : null;
  const customerData = { UsualStoreId: usualStoreId, ...mergeMembers(plan.parts), CustomerId };
  const created = await session.call({ ...rest, name: "AddNewCustomer", arguments: { customerData }, changes: true });
  if (created === null) throw failCall({ terms, code: "outcomeUnknown", providerCode: "noCustomerId" });
  return created;
}

/** Ahead of what waits for its turn, so that little time passes since the record was read. */
async function updateCustomer(request: { terms: CallTerms; plan: CustomerPlan; isOutdated?: (() => boolean) | undefined }): Promise<string> {
  const { terms: { session, ...rest }, plan: { stored, parts }, isOutdated } = request;
  const customerId = stored?.CustomerId ?? "";
  const modifiedData = toSafeUpdate({ settings: session.settings, stored: stored ?? {}, parts });
  await session.call({ ...rest, name: "UpdateCustomer", arguments: { customerId, modifiedData }, changes: true, isUrgent: true, isOutdated });
  return customerId;
}
