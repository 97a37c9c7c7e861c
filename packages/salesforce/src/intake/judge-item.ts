import {
  ConnectorError,
  endsPermission,
  isStanding,
  type ConsentState,
  type DecisionOutcomeV1,
  type SealedDecision,
  type WriteOutcomeV1,
} from "@volenti/core/adapter";
import type { Settings } from "../settings.ts";
import { CONNECTOR_ID } from "../transport/salesforce-session.ts";
import { ROW_KINDS } from "./pack-requests.ts";
import type { PersonProgress } from "./person-progress.ts";
import { isFlagRefused, markerOf, toRowError } from "./row-error.ts";
import type { RowResult } from "./row-result.ts";
import type { StandingStates } from "./standing-states.ts";

const OPERATION = "intake.write";

/** Answers an item from the rows of its people: judged by the first of them, failed by any of them. */
export function judgeItem(request: {
  people: readonly PersonProgress[];
  /** What stood before this write, where it was read. */
  before: StandingStates;
  settings: Settings;
}): WriteOutcomeV1 {
  const { people, before, settings } = request;
  const [first] = people;
  if (first === undefined) throw new ConnectorError({ code: "invalidInput", connectorId: CONNECTOR_ID, operation: OPERATION });
  const { writeId } = first.plan.item;
  const failure = people.map(findFailure).find((error) => error !== null);
  if (failure !== undefined && failure !== null) return { writeId, status: "failed", error: failure };
  // Of nearly everybody nothing was refused.
  const refused = people.filter(hasRefusedRow);
  const { item } = first.plan;
  const decisions = item.decisions.map((decision, index) => judgeDecision({ decision, index, first, refused, before, settings }));
  return { writeId, status: "written", decisions, ...(item.profile === undefined ? {} : { profile: first.outcomes }) };
}

/** What makes the whole item fail: a call that failed, a parent that is missing, and whatever another call may mend. */
function findFailure(person: PersonProgress): ConnectorError | null {
  const { written, failure } = person;
  if (failure !== null) return hasWrittenRow(person) ? toHalfWritten(failure) : failure;
  if ("error" in written) return written.error;
  if (!hasRefusedRow(person)) return null;
  const { individual, states, decisions, flags } = written.results;
  const parent = individual.find((result) => isRefused(result) && markerOf(result) !== "realPerson");
  if (parent !== undefined) return toError(parent);
  const replaced = decisions.find((result) => markerOf(result) === "immutable");
  if (replaced !== undefined) return new ConnectorError({ code: "conflict", connectorId: CONNECTOR_ID, operation: OPERATION, providerCode: "conflictingReplay" });
  const { standing } = person.plan;
  const refused = [...states, ...decisions].filter((result) => isRefused(result) && markerOf(result) === null);
  const errors = [...refused, ...flags.filter((result) => isFlagRefused({ result, standing }))].map(toError);
  return errors.find(({ retry }) => retry.kind !== "never") ?? null;
}

function judgeDecision(request: {
  decision: SealedDecision;
  /** Its place among the item's decisions. */
  index: number;
  first: PersonProgress;
  /** Those of the item's people of whom a row was refused. */
  refused: readonly PersonProgress[];
  before: StandingStates;
  settings: Settings;
}): DecisionOutcomeV1 {
  const { decision, index, first, refused, before, settings } = request;
  const decisionId = decision.record.id;
  const [error] = refused.length === 0 ? [] : refused.flatMap((person) => errorsOf({ person, decision, settings }));
  if (error !== undefined) return { decisionId, outcome: "rejected", error };
  const recorded = recordOf({ person: first, index });
  if (recorded?.isWritten === true && !recorded.created) return { decisionId, outcome: "unchanged" };
  if (!isStanding(decision.record.status)) return { decisionId, outcome: "applied" };
  return { decisionId, outcome: compareWithStanding({ person: first, decision, before }) };
}

/** Against what stood: told by the server for the greatest of a key, by what was read before for the others. */
function compareWithStanding(request: { person: PersonProgress; decision: SealedDecision; before: StandingStates }): "applied" | "superseded" | "unchanged" {
  const { person, decision, before } = request;
  const { plan, written } = person;
  const decisionId = decision.record.id;
  let isGreatest = false;
  let stoodBefore = true;
  for (const state of plan.item.states) {
    if (state.decisionId !== decisionId) continue;
    isGreatest = true;
    stoodBefore &&= before.find({ ref: plan.ref, state })?.decisionId === decisionId;
  }
  if (!isGreatest) return before.wouldStand({ ref: plan.ref, decision }) ? "applied" : "superseded";
  if (stoodBefore) return "unchanged";
  const results = "error" in written ? [] : written.results.states;
  return plan.states.some((state, index) => state.decisionId === decisionId && results[index]?.isWritten === true) ? "applied" : "superseded";
}

/** What became of the row of a decision; undefined where there is none. `index`: its place among the item's decisions. */
function recordOf(request: { person: PersonProgress; index: number }): RowResult | undefined {
  const { plan, written } = request.person;
  if ("error" in written || plan.rows.decisions.count === 0) return undefined;
  return written.results.decisions[request.index];
}

/** Rows are in, and a later call of the same write failed: "unavailable" would say that nothing was applied. When to come again stays as it was. */
function toHalfWritten(failure: ConnectorError): ConnectorError {
  const { retry, providerCode, httpStatus, fieldNames } = failure;
  if (retry.kind === "never") return failure;
  return new ConnectorError({ code: "outcomeUnknown", connectorId: CONNECTOR_ID, operation: OPERATION, retry, providerCode, httpStatus, fieldNames, cause: failure });
}

function hasWrittenRow({ written }: PersonProgress): boolean {
  return !("error" in written) && ROW_KINDS.some((kind) => written.results[kind].some(({ isWritten }) => isWritten));
}

function hasRefusedRow({ written }: PersonProgress): boolean {
  if ("error" in written) return false;
  const { individual, profile, states, decisions, flags } = written.results;
  return individual.some(isRefused) || profile.some(isRefused) || states.some(isRefused) || decisions.some(isRefused) || flags.some(isRefused);
}

/** Why a decision is not in force, or not recorded, in the org. */
function errorsOf(request: { person: PersonProgress; decision: SealedDecision; settings: Settings }): ConnectorError[] {
  const { person, decision, settings } = request;
  const { plan, written } = person;
  if ("error" in written) return [];
  const decisionId = decision.record.id;
  const states = plan.states.flatMap((state, index) => (state.decisionId === decisionId ? [written.results.states[index]] : []));
  const record = recordOf({ person, index: plan.item.decisions.findIndex(({ record: own }) => own.id === decisionId) });
  const refused = [...states, record].filter((result): result is RowResult => result !== undefined && isRefused(result) && markerOf(result) === null);
  return [...refused, ...flagRefusals({ person, states: plan.states.filter((state) => state.decisionId === decisionId), settings })].map(toError);
}

/** A refusal whose opt-out flag cannot be written is not in force: mailings go by the flag. */
function flagRefusals(request: { person: PersonProgress; states: readonly ConsentState[]; settings: Settings }): RowResult[] {
  const { person, states, settings } = request;
  if ("error" in person.written) return [];
  const concerns = states.some(({ channel, status }) => endsPermission(status) && settings.optOutFlags.has(channel));
  return concerns ? person.written.results.flags.filter((result) => isFlagRefused({ result, standing: person.plan.standing })) : [];
}

function isRefused(result: RowResult): boolean {
  return !result.isWritten;
}

function toError(result: RowResult): ConnectorError {
  return toRowError({ result, operation: OPERATION });
}
