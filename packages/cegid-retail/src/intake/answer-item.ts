import type { AttributeOutcomeV1, SubjectWriteV1, WriteOutcomeV1 } from "@volenti/core/adapter";
import { failCall, type CallTerms } from "../identity/call-terms.ts";
import { judgeDecisions } from "./judge-decisions.ts";
import { listUnplaced } from "./list-unplaced.ts";
import type { SettledCustomer } from "./settle-customer.ts";

/** What is answered for an item, by what became of it in the record of its person. */
export function answerItem(request: { terms: CallTerms; item: SubjectWriteV1; settled: SettledCustomer }): WriteOutcomeV1 {
  const { terms, item, settled } = request;
  const { settings } = terms.session;
  const { writeId, profile } = item;
  // Told after the write: what the item says of other purposes, a refusal above all, does not wait for a setting.
  const fieldNames = listUnplaced({ settings, item, optIns: settled.plan.optIns });
  if (fieldNames.length > 0) return { writeId, status: "failed", error: failCall({ terms, code: "unsupported", providerCode: "noOptIn", fieldNames }) };
  const decisions = judgeDecisions({ terms, item, settled });
  return { writeId, status: "written", decisions, ...(profile === undefined ? {} : { profile: tellProfile({ profile, settled }) }) };
}

function tellProfile(request: { profile: NonNullable<SubjectWriteV1["profile"]>; settled: SettledCustomer }): Readonly<Record<string, AttributeOutcomeV1>> {
  const { profile, settled: { plan, isProfileRefused } } = request;
  return Object.fromEntries(Object.keys(profile).map((attribute) => [attribute, isProfileRefused ? "rejected" : (plan.profile.outcomes[attribute] ?? "rejected")]));
}
