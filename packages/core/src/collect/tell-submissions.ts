import type { AttributeOutcomeV1, DecisionOutcomeV1, WriteOutcomeV1 } from "../connector/v1/intake-facet-v1.ts";
import { compareConsentStates, consentKey } from "../model/consent-fold.ts";
import type { ConsentState } from "../model/consent-state.ts";
import { compareAttributeChanges, type AttributeChange } from "../model/profile.ts";
import type { DestinationResult } from "../model/submission-result.ts";
import type { SubjectEntry } from "./fold-subject-write.ts";
import { toDestinationOutcome, toReason } from "./to-destination-outcome.ts";

/** What one entry is told; `notHeld`: the destination does not know the person, and is not mentioned. */
export type EntryOutcome = ToldOutcome | "notHeld";
export type ToldOutcome = Omit<DestinationResult, "id" | "reasons">;

type RecordOutcome = DecisionOutcomeV1["outcome"] | "notKept" | "unknown";

/**
 * Tells every submission of a folded item what it would have been told alone: entries are walked in order, and what an
 * earlier entry of the item left standing counts as having stood there before a later one.
 */
export function tellSubmissions(request: {
  entries: readonly SubjectEntry[];
  outcome: WriteOutcomeV1;
}): readonly EntryOutcome[] {
  const { entries, outcome } = request;
  if (outcome.status === "failed") return entries.map(() => toDestinationOutcome(outcome.error));
  if (outcome.status === "notHeld") return entries.map(() => "notHeld");
  const { folds = [] } = outcome;
  const decisions = new Map(outcome.decisions.map((decision) => [decision.decisionId, decision]));
  const walk: Walk = { states: new Map(), attributes: new Map(), seen: new Set(), submissions: new Set() };
  return entries.map((entry) => {
    const { submissionId } = entry.prepared.submission;
    const isRepeated = walk.submissions.has(submissionId);
    walk.submissions.add(submissionId);
    const attributes = tellAttributes({ entry, outcomes: outcome.profile ?? {}, walk });
    const records = [...tellDecisions({ entry, decisions, walk }), ...attributes.map(({ told }) => told)];
    const namesOf = (outcome: RecordOutcome): string[] => attributes.filter(({ told }) => told === outcome).map(({ name }) => name);
    const [rejectedAttributes, notKeptAttributes] = [namesOf("rejected"), namesOf("notKept")];
    const error = outcome.decisions.find((decision) => decision.error !== undefined)?.error;
    const reason = error === undefined ? (rejectedAttributes.length > 0 ? { code: "attributesRejected" } : {}) : { code: error.code, ...toReason(error) };
    const told: ToldOutcome = { ...summarise({ records, reason }), ...(rejectedAttributes.length === 0 ? {} : { rejectedAttributes }), ...(notKeptAttributes.length === 0 ? {} : { notKeptAttributes }), ...(folds.length === 0 ? {} : { folds }) };
    return isRepeated && ["applied", "superseded"].includes(told.outcome) ? { outcome: "unchanged" } : told;
  });
}

interface Walk {
  readonly states: Map<string, ConsentState>;
  readonly attributes: Map<string, AttributeChange>;
  readonly seen: Set<string>;
  readonly submissions: Set<string>;
}

function tellDecisions(request: {
  entry: SubjectEntry;
  decisions: ReadonlyMap<string, DecisionOutcomeV1>;
  walk: Walk;
}): RecordOutcome[] {
  const { entry, decisions, walk } = request;
  return entry.decisions.map(({ sealed, states }): RecordOutcome => {
    const { id } = sealed.record;
    const answered = decisions.get(id)?.outcome ?? "unknown";
    const isRepeated = walk.seen.has(id);
    walk.seen.add(id);
    const loses =
      states.length > 0 &&
      states.every((state) => {
        const standing = walk.states.get(consentKey(state));
        return standing !== undefined && compareConsentStates(standing, state) > 0;
      });
    for (const state of states) {
      const standing = walk.states.get(consentKey(state));
      if (standing === undefined || compareConsentStates(state, standing) > 0) walk.states.set(consentKey(state), state);
    }
    if (answered === "applied" && isRepeated) return "unchanged";
    return answered === "applied" && loses ? "superseded" : answered;
  });
}

function tellAttributes(request: {
  entry: SubjectEntry;
  outcomes: Readonly<Record<string, AttributeOutcomeV1>>;
  walk: Walk;
}): { name: string; told: RecordOutcome }[] {
  const { entry, outcomes, walk } = request;
  return Object.entries(entry.profile ?? {}).map(([name, change]) => ({ name, told: tellAttribute({ name, change, answered: outcomes[name] ?? "unknown", walk }) }));
}

function tellAttribute(request: { name: string; change: AttributeChange; answered: RecordOutcome; walk: Walk }): RecordOutcome {
  const { name, change, answered, walk } = request;
  const standing = walk.attributes.get(name);
  if (standing === undefined || compareAttributeChanges(change, standing) > 0) walk.attributes.set(name, change);
  if (answered !== "applied" || standing === undefined) return answered;
  const order = compareAttributeChanges(change, standing);
  return order > 0 ? "applied" : order === 0 ? "unchanged" : "superseded";
}

function summarise(request: {
  records: readonly RecordOutcome[];
  /** Behind what was rejected. */
  reason: Pick<DestinationResult, "code" | "providerCode" | "fieldNames">;
}): ToldOutcome {
  const { reason } = request;
  // What has no place there is neither lost nor new.
  const records = request.records.filter((record) => record !== "notKept");
  // The system answered for less than it was given: nobody knows of the rest.
  if (records.includes("unknown")) return { outcome: "unknown", code: "malformedResponse" };
  const rejected = records.filter((record) => record === "rejected").length;
  if (rejected > 0) {
    return { outcome: rejected === records.length ? "rejected" : "partlyApplied", ...reason };
  }
  if (records.includes("applied")) return { outcome: "applied" };
  return { outcome: records.includes("superseded") ? "superseded" : "unchanged" };
}
