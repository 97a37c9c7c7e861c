import { ConnectorError, type SubjectWriteV1 } from "@volenti/core/adapter";
import { failCall, type CallTerms } from "../identity/call-terms.ts";
import type { CustomerQueryData } from "../soap/data-contract.ts";
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
  /** Whether Y2 refused the profile, and the rest was written without it. */
  readonly isProfileRefused: boolean;
}

interface Settling {
  readonly terms: CallTerms;
  readonly item: SubjectWriteV1;
  /** As it was read; null: the customer is yet to be created. */
  readonly stored: CustomerQueryData | null;
  readonly marks: boolean;
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
  if (!planned.isNeeded) return { plan: planned, stored, overtaken: [], isProfileRefused: false };
  const { plan, readBack, isProfileRefused } = await sendOrSpareProfile({ terms, request, plan: planned });
  const settled = { plan, stored: readBack, overtaken: [], isProfileRefused };
  const differences = listDifferences({ ...request, plan, readBack });
  if (differences.length === 0) return settled;
  const again = { ...request, stored: readBack, withoutProfile: isProfileRefused };
  const mend = planCustomer(again);
  if (!mend.isNeeded) return { ...settled, overtaken: explainedBy({ terms, mend, readBack, differences }) };
  const last = await sendCustomer({ terms, plan: mend, ref: settling.item.subject.ref });
  const left = listDifferences({ ...again, plan: mend, readBack: last });
  if (left.length > 0) throw readBackDiffers({ terms, fieldNames: left });
  return { ...settled, stored: last, overtaken: mend.optIns.superseded };
}

function toPlanRequest(settling: Settling): PlanRequest {
  const { terms: { session, operation }, item, stored, marks } = settling;
  const { catalogue, clock } = session.context(operation);
  return { settings: session.settings, catalogue, now: clock.now(), item, stored, marks };
}

/** A no that somebody put there while we wrote explains a difference; nothing else does. */
function explainedBy(request: { terms: CallTerms; mend: CustomerPlan; readBack: CustomerQueryData; differences: readonly string[] }): readonly string[] {
  const { terms, mend, readBack, differences } = request;
  const members: Readonly<Record<string, unknown>> = { ...readBack };
  const unexplained = differences.filter((name) => members[name] !== "DoNotUse");
  if (unexplained.length > 0 && unexplained.length === differences.length) throw readBackDiffers({ terms, fieldNames: unexplained });
  return mend.optIns.superseded;
}

function readBackDiffers(request: { terms: CallTerms; fieldNames: readonly string[] }): ConnectorError {
  return failCall({ ...request, code: "rejectedByProvider", providerCode: "readBackDiffers" });
}

/**
 * A rule of Y2 that the profile breaks must not keep a refusal from being written: it is sent once more without the profile,
 * whose attributes are then rejected. Where that is refused as well, it is the record that needs repair in Y2.
 */
async function sendOrSpareProfile(request: {
  terms: CallTerms;
  request: PlanRequest;
  plan: CustomerPlan;
}): Promise<{ plan: CustomerPlan; readBack: CustomerQueryData; isProfileRefused: boolean }> {
  const { terms, plan, request: { item } } = request;
  const { ref } = item.subject;
  try {
    return { plan, readBack: await sendCustomer({ terms, plan, ref }), isProfileRefused: false };
  } catch (error) {
    const isRefused = ConnectorError.isInstance(error) && error.code === "rejectedByProvider";
    const spared = planCustomer({ ...request.request, withoutProfile: true });
    const isProfileInIt = Object.values(plan.profile.outcomes).includes("applied");
    if (!isRefused || !isProfileInIt || !spared.isNeeded) throw error;
    return { plan: spared, readBack: await sendCustomer({ terms, plan: spared, ref }), isProfileRefused: true };
  }
}
