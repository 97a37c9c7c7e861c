import type { Fold } from "../mapping/fold-privacy.ts";
import { compareOptIns, OPT_IN_FIELDS, permits, readOptInSet, type OptInField } from "../mapping/opt-in-set.ts";
import type { CustomerQueryData } from "../soap/data-contract.ts";
import type { CustomerPlan } from "./plan-customer.ts";

interface Reading {
  readonly plan: CustomerPlan;
  /** As it was first read back after the write. */
  readonly readBack: CustomerQueryData;
}

/** The opt-ins that somebody took back between our write and its reading back: later than anything that we were bringing. */
export function listTakenBack({ plan: { optIns: { target } }, readBack }: Reading): ReadonlySet<OptInField> {
  const held = readOptInSet(readBack).optIns;
  return new Set(OPT_IN_FIELDS.filter((field) => permits(target.optIns[field]) && !permits(held[field])));
}

/**
 * What became stricter as somebody changed opt-ins while we wrote: a yes of ours, or one that we left, which gave way to the
 * till's no; and a yes of the till's that took the place of our no, and gave way to it again.
 */
export function listDrift(request: Reading & { stored: CustomerQueryData }): readonly Fold[] {
  const { plan: { optIns: { target } }, readBack, stored } = request;
  const [held, standing] = [readOptInSet(readBack).optIns, readOptInSet(stored).optIns];
  return OPT_IN_FIELDS.flatMap((field): readonly Fold[] => {
    const [written, found, to] = [target.optIns[field], held[field], standing[field]];
    if (found === written) return [];
    if (compareOptIns(to, written) < 0) return [{ field, from: written, to, reason: "changedMeanwhile" }];
    return compareOptIns(to, found) < 0 ? [{ field, from: found, to, reason: "refusedAgain" }] : [];
  });
}
