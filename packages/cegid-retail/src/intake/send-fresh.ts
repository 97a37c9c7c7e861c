import { ConnectorError } from "@volenti/core/adapter";
import { failCall, type CallTerms } from "../identity/call-terms.ts";
import { isOpen } from "../identity/is-open.ts";
import type { CustomerQueryData } from "../soap/data-contract.ts";
import { OutdatedReadError } from "../transport/outdated-read-error.ts";
import { readCustomer } from "../transport/read-customer.ts";
import { planCustomer, type CustomerPlan, type PlanRequest } from "./plan-customer.ts";
import { sendCustomer } from "./send-customer.ts";

/** A plan that Y2 took, and the record as it was read back. */
export interface Sent {
  /** What was left of the request when Y2 took it. */
  readonly request: PlanRequest;
  readonly plan: CustomerPlan;
  readonly readBack: CustomerQueryData;
}

interface Sending {
  readonly terms: CallTerms;
  readonly request: PlanRequest;
  readonly plan: CustomerPlan;
  /** Whether it goes however long it waits for its turn: the record was read again for that already. */
  readonly isFresh?: boolean | undefined;
  /** How often it may still be computed anew as the server saw that the record was changed since. */
  readonly triesLeft: number;
}

/** A customer whom several tills write at once is a conflict of theirs. */
const MOST_TRIES = 3;

/**
 * Sends a plan that was computed from the record as it was last read. A record whose update had to wait since then is read
 * once more, and the update computed anew: what staff did meanwhile is else lost. So is one whose change in between the
 * server itself tells. A rule of Y2 that our link or the profile breaks must not keep a refusal from being written: it is
 * sent once more without the link, which the folder may not let two records carry, then without the profile, whose
 * attributes are then rejected. Where that is refused as well, it is the record that needs repair in Y2.
 */
export function sendFresh(request: Pick<Sending, "terms" | "request" | "plan">): Promise<Sent> {
  return send({ ...request, triesLeft: MOST_TRIES });
}

async function send(sending: Sending): Promise<Sent> {
  const { terms, request, plan, isFresh = false } = sending;
  const { session, operation } = terms;
  const { clock } = session.context(operation);
  const readAt = clock.now();
  const isOutdated = (): boolean => !isFresh && clock.now() - readAt >= session.settings.readAgainAfterInMs;
  try {
    return { request, plan, readBack: await sendCustomer({ terms, plan, ref: request.item.subject.ref, isOutdated }) };
  } catch (error) {
    if (error instanceof OutdatedReadError) return sendAgain({ sending: { ...sending, isFresh: true }, request: await refresh(sending), refusal: null });
    if (!isRefusal(error)) throw error;
    return sendRefused({ sending, refusal: error });
  }
}

async function sendRefused(request: { sending: Sending; refusal: ConnectorError }): Promise<Sent> {
  const { sending, refusal } = request;
  const { terms: { session: { settings } }, request: refused, plan, triesLeft } = sending;
  const fresh = await refresh(sending);
  const isOvertaken = settings.checksModificationDate && fresh.stored?.LastModificationDate !== refused.stored?.LastModificationDate;
  if (isOvertaken && triesLeft > 0) return sendAgain({ sending: { ...sending, triesLeft: triesLeft - 1 }, request: fresh, refusal: null });
  const hasLink = plan.stored !== null && plan.own.barcode !== null;
  const hasProfile = Object.values(plan.profile.outcomes).includes("applied");
  if (refused.withoutProfile === true || !(hasLink || hasProfile)) throw refusal;
  const spared = { ...fresh, ...(hasLink ? { withoutLink: true } : { withoutProfile: true }) };
  return sendAgain({ sending: { ...sending, isFresh: true }, request: spared, refusal: hasLink ? null : refusal });
}

/** Where nothing is left to be written the record stands as it was read; what was refused of it stays refused. */
async function sendAgain(request: { sending: Sending; request: PlanRequest; refusal: ConnectorError | null }): Promise<Sent> {
  const { sending, request: again, refusal } = request;
  const plan = planCustomer(again);
  if (plan.isNeeded) return send({ ...sending, request: again, plan });
  if (refusal !== null || again.stored === null) throw refusal ?? failCall({ terms: sending.terms, code: "outcomeUnknown", providerCode: "notReadBack" });
  return { request: again, plan, readBack: again.stored };
}

/** The request with the record as it stands now; of a customer who is yet to be created the same. */
async function refresh({ terms, request }: Sending): Promise<PlanRequest> {
  const { stored, reopens = false } = request;
  if (stored === null) return request;
  const customerId = stored.CustomerId ?? "";
  const again = await readCustomer({ ...terms, customerId, isUrgent: true });
  if (again?.CustomerId !== customerId || (!reopens && !isOpen(again))) throw failCall({ terms, code: "rejectedByProvider", providerCode: "customerClosed" });
  return { ...request, stored: again };
}

/** A conflict too: a folder may want the numbers of its customers to be unlike. */
function isRefusal(error: unknown): error is ConnectorError {
  return ConnectorError.isInstance(error) && ["rejectedByProvider", "conflict"].includes(error.code);
}
