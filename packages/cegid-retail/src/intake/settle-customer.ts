import type { ConnectorError, SubjectWriteV1 } from "@volenti/core/adapter";
import { failCall, type CallTerms } from "../identity/call-terms.ts";
import type { Fold } from "../mapping/fold-privacy.ts";
import { OPT_IN_FIELDS, readOptInSet } from "../mapping/opt-in-set.ts";
import type { CustomerQueryData } from "../soap/data-contract.ts";
import { listDifferences } from "./list-differences.ts";
import { listDrift, listTakenBack } from "./list-drift.ts";
import { planCustomer, type CustomerPlan, type PlanRequest } from "./plan-customer.ts";
import { sendFresh } from "./send-fresh.ts";

/** What became of an item in one record. */
export interface SettledCustomer {
  readonly plan: CustomerPlan;
  /** As it stands after the write; null: there was nothing to keep, and nobody was created. */
  readonly stored: CustomerQueryData | null;
  /** Ids of decisions that gave way to what somebody changed while we wrote. */
  readonly overtaken: readonly string[];
  /** What the privacy level made of the opt-ins, in the first write and in the mending of it, and what somebody did meanwhile. */
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
  const again = { ...sent, stored: readBack, takenBack: listTakenBack({ plan, readBack }) };
  const mend = planCustomer(again);
  if (!mend.isNeeded) {
    const overtaken = explainedBy({ terms, plan, mend, readBack, differences });
    return { ...settled, overtaken, folds: [...settled.folds, ...listDrift({ plan, readBack, stored: readBack })] };
  }
  const mended = await sendFresh({ terms, request: again, plan: mend });
  const left = listDifferences({ ...mended.request, plan: mended.plan, readBack: mended.readBack });
  if (left.length > 0) throw readBackDiffers({ terms, fieldNames: left });
  const drift = listDrift({ plan, readBack, stored: mended.readBack });
  return { ...settled, stored: mended.readBack, overtaken: mended.plan.optIns.superseded, folds: [...settled.folds, ...mended.plan.optIns.folds, ...drift] };
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
