import type { AttributeOutcomeV1, SubjectWriteV1, WriteOutcomeV1 } from "@volenti/core/adapter";
import { failCall, type CallTerms } from "../identity/call-terms.ts";
import { judgeDecisions } from "./judge-decisions.ts";
import { listUnplaced } from "./list-unplaced.ts";
import type { Fold } from "../mapping/fold-privacy.ts";
import type { SettledCustomer } from "./settle-customer.ts";
import { tellRecordId } from "./tell-record-id.ts";

/**
 * What is answered for an item, by what became of it in the record of its person; of several records the first judges, and
 * the folds of all are told.
 */
export function answerItem(request: { terms: CallTerms; item: SubjectWriteV1; settled: SettledCustomer; others: readonly SettledCustomer[] }): WriteOutcomeV1 {
  const { terms, item, settled, others } = request;
  const { settings } = terms.session;
  const { writeId, profile } = item;
  // Told after the write: what the item says of other purposes, a refusal above all, does not wait for a setting.
  const fieldNames = listUnplaced({ settings, item, optIns: settled.plan.optIns });
  if (fieldNames.length > 0) return { writeId, status: "failed", error: failCall({ terms, code: "unsupported", providerCode: "noOptIn", fieldNames }) };
  const decisions = judgeDecisions({ settings, item, settled });
  const folds = tellFolds([settled, ...others]);
  return { writeId, status: "written", decisions, ...(profile === undefined ? {} : { profile: tellProfile({ profile, settled }) }), ...(folds.length === 0 ? {} : { folds }), ...tellRecordId({ settings, item, settled }) };
}

function tellProfile(request: { profile: NonNullable<SubjectWriteV1["profile"]>; settled: SettledCustomer }): Readonly<Record<string, AttributeOutcomeV1>> {
  const { profile, settled: { plan, isProfileRefused } } = request;
  return Object.fromEntries(Object.keys(profile).map((attribute) => [attribute, isProfileRefused ? "rejected" : (plan.profile.outcomes[attribute] ?? "rejected")]));
}

/** Each fold once: the mending of a write, and another record, may make the same again. */
function tellFolds(written: readonly SettledCustomer[]): readonly Fold[] {
  return [...new Map(written.flatMap(({ folds }) => folds).map((fold) => [[fold.field, fold.from, fold.to].join(" "), fold])).values()];
}
