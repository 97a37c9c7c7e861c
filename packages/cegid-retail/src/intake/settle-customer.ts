import { ConnectorError, type SubjectWriteV1 } from "@volenti/core/adapter";
import { failCall, type CallTerms } from "../identity/call-terms.ts";
import { isOpen } from "../identity/is-open.ts";
import type { Fold } from "../mapping/fold-privacy.ts";
import { OPT_IN_FIELDS, readOptInSet } from "../mapping/opt-in-set.ts";
import type { CustomerQueryData } from "../soap/data-contract.ts";
import { OutdatedReadError } from "../transport/outdated-read-error.ts";
import { readCustomer } from "../transport/read-customer.ts";
import { listDifferences } from "./list-differences.ts";
import { planCustomer, type CustomerPlan, type PlanRequest } from "./plan-customer.ts";
import { sendCustomer } from "./send-customer.ts";

/** What became of an item in one record. */
export interface SettledCustomer {
  readonly plan: CustomerPlan;
  /** As it stands after the write; null: there was nothing to keep, and nobody was created. */
  readonly stored: CustomerQueryData | null;
  /** Ids of decisions that gave way to what somebody changed while we wrote. */
  readonly overtaken: readonly string[];
  /** What the privacy level made of the opt-ins, in the first write and in the mending of it. */
  readonly folds: readonly Fold[];
  /** Whether Y2 refused the profile, and the rest was written without it. */
  readonly isProfileRefused: boolean;
}

interface Settling {
  readonly terms: CallTerms;
  readonly item: SubjectWriteV1;
  /** As it was read; null: the customer is yet to be created. */
  readonly stored: CustomerQueryData | null;
  readonly marks: boolean;
  /** Whether the link is left out, as it lies in a record that was closed. */
  readonly withoutLink?: boolean | undefined;
  /** Whether a closed record is opened again. */
  readonly reopens?: boolean | undefined;
}

interface Sent {
  /** What was left of the request when Y2 took it. */
  readonly request: PlanRequest;
  readonly plan: CustomerPlan;
  readonly readBack: CustomerQueryData;
}

/**
 * Computes what the item makes of the record, writes what differs, and reads it back: nothing else proves a delivery. What
 * comes back otherwise, since somebody wrote in between, is computed once more, so that a refusal is written again and a
 * yes gives way to the till's no; what differs after that fails the item.
 */
export async function settleCustomer(settling: Settling): Promise<SettledCustomer> {
  const { terms, stored } = settling;
  const request = toPlanRequest(settling);
  const planned = planCustomer(request);
  if (!planned.isNeeded) return { plan: planned, stored, overtaken: [], folds: planned.optIns.folds, isProfileRefused: false };
  const { request: sent, plan, readBack } = await sendFresh({ terms, request, plan: planned });
  const isProfileRefused = sent.withoutProfile === true;
  const settled = { plan, stored: readBack, overtaken: [], folds: plan.optIns.folds, isProfileRefused };
  const differences = listDifferences({ ...sent, plan, readBack });
  if (differences.length === 0) return settled;
  const again = { ...sent, stored: readBack };
  const mend = planCustomer(again);
  if (!mend.isNeeded) return { ...settled, overtaken: explainedBy({ terms, plan, mend, readBack, differences }) };
  const last = await sendCustomer({ terms, plan: mend, ref: settling.item.subject.ref });
  const left = listDifferences({ ...again, plan: mend, readBack: last });
  if (left.length > 0) throw readBackDiffers({ terms, fieldNames: left });
  return { ...settled, stored: last, overtaken: mend.optIns.superseded, folds: [...settled.folds, ...mend.optIns.folds] };
}

/** Reads a record once more whose update had to wait since it was read, and computes it anew: what staff did meanwhile is else lost. */
async function sendFresh(request: { terms: CallTerms; request: PlanRequest; plan: CustomerPlan }): Promise<Sent> {
  const { terms, request: { stored, reopens = false } } = request;
  const { session, operation } = terms;
  const { clock } = session.context(operation);
  const readAt = clock.now();
  const isOutdated = (): boolean => clock.now() - readAt >= session.settings.readAgainAfterInMs;
  try {
    return await sendOrSpare({ ...request, isOutdated });
  } catch (error) {
    if (!(error instanceof OutdatedReadError)) throw error;
    const customerId = stored?.CustomerId ?? "";
    const again = await readCustomer({ ...terms, customerId, isUrgent: true });
    if (again?.CustomerId !== customerId || (!reopens && !isOpen(again))) throw failCall({ terms, code: "rejectedByProvider", providerCode: "customerClosed" });
    const fresh = { ...request.request, stored: again };
    const plan = planCustomer(fresh);
    return plan.isNeeded ? sendOrSpare({ terms, request: fresh, plan }) : { request: fresh, plan, readBack: again };
  }
}

function toPlanRequest(settling: Settling): PlanRequest {
  const { terms: { session, operation }, item, stored, marks, withoutLink, reopens } = settling;
  const { catalogue, clock } = session.context(operation);
  return { settings: session.settings, catalogue, now: clock.now(), item, stored, marks, withoutLink, reopens };
}

/** What somebody put there while we wrote explains a difference: a no, and whatever became of an opt-in that we left as it was. */
function explainedBy(request: {
  terms: CallTerms;
  plan: CustomerPlan;
  mend: CustomerPlan;
  readBack: CustomerQueryData;
  differences: readonly string[];
}): readonly string[] {
  const { terms, plan: { stored, optIns: { target } }, mend, readBack, differences } = request;
  const [held, before] = [readOptInSet(readBack), readOptInSet(stored)];
  const explained: ReadonlySet<string> = new Set(
    OPT_IN_FIELDS.filter((field) => held.optIns[field] === "DoNotUse" || (stored !== null && before.optIns[field] === target.optIns[field])),
  );
  const unexplained = differences.filter((name) => !explained.has(name));
  if (unexplained.length > 0 && unexplained.length === differences.length) throw readBackDiffers({ terms, fieldNames: unexplained });
  return mend.optIns.superseded;
}

function readBackDiffers(request: { terms: CallTerms; fieldNames: readonly string[] }): ConnectorError {
  return failCall({ ...request, code: "rejectedByProvider", providerCode: "readBackDiffers" });
}

/**
 * A rule of Y2 that our link or the profile breaks must not keep a refusal from being written: it is sent once more without
 * the link, which the folder may not let two records carry, then without the profile, whose attributes are then rejected.
 * Where that is refused as well, it is the record that needs repair in Y2.
 */
async function sendOrSpare(request: { terms: CallTerms; request: PlanRequest; plan: CustomerPlan; isOutdated?: (() => boolean) | undefined }): Promise<Sent> {
  const { terms, plan, isOutdated } = request;
  const { item: { subject: { ref } }, withoutProfile = false } = request.request;
  try {
    return { request: request.request, plan, readBack: await sendCustomer({ terms, plan, ref, isOutdated }) };
  } catch (error) {
    const hasLink = plan.stored !== null && plan.own.barcode !== null;
    const hasProfile = Object.values(plan.profile.outcomes).includes("applied");
    if (!isRefusal(error) || withoutProfile || !(hasLink || hasProfile)) throw error;
    const spared = { ...request.request, ...(hasLink ? { withoutLink: true } : { withoutProfile: true }) };
    const rest = planCustomer(spared);
    if (!rest.isNeeded && hasLink && plan.stored !== null) return { request: spared, plan: rest, readBack: plan.stored };
    if (!rest.isNeeded) throw error;
    return sendOrSpare({ terms, request: spared, plan: rest });
  }
}

/** A conflict too: a folder may want the numbers of its customers to be unlike. */
function isRefusal(error: unknown): boolean {
  return ConnectorError.isInstance(error) && ["rejectedByProvider", "conflict"].includes(error.code);
}
