import {
  ANY_CHANNEL,
  compareConsentStates,
  consentKey,
  isStanding,
  type ConsentState,
  type DecisionOutcomeV1,
  type SealedDecision,
  type SubjectWriteV1,
} from "@volenti/core/adapter";
import { compareSeconds } from "../mapping/local-time.ts";
import { placeOf } from "../mapping/opt-in-keys.ts";
import { OPT_IN_FIELDS, readOptInSet } from "../mapping/opt-in-set.ts";
import { readPurposeStates, type PurposeState } from "../mapping/purpose-state.ts";
import type { Settings } from "../settings.ts";
import { isFolded } from "./is-folded.ts";
import type { SettledCustomer } from "./settle-customer.ts";

type Outcome = DecisionOutcomeV1["outcome"];

interface Judging {
  readonly settings: Settings;
  readonly settled: SettledCustomer;
  /** What the record's own texts told before the write, by consent key. */
  readonly recorded: ReadonlyMap<string, PurposeState>;
}

/**
 * How the decisions of an item fared against what the record held before. `unchanged` are those that are there already, and
 * those of which Y2 keeps nothing: neutral ones, purposes that it has no place for, a yes that waits for another one, and a yes
 * that the folder's privacy level keeps as a no, since another opt-in of its group is one: a fold, which is told beside.
 */
export function judgeDecisions(request: { settings: Settings; item: SubjectWriteV1; settled: SettledCustomer }): readonly DecisionOutcomeV1[] {
  const { settings, item, settled } = request;
  const recorded = readPurposeStates({ settings, stored: settled.plan.stored });
  const judging: Judging = { settings, settled, recorded };
  return item.decisions.map((decision): DecisionOutcomeV1 => {
    const decisionId = decision.record.id;
    const own = item.states.filter((state) => state.decisionId === decisionId);
    return { decisionId, outcome: judge({ ...judging, decision, states: own }) };
  });
}

function judge(request: Judging & { decision: SealedDecision; states: readonly ConsentState[] }): Outcome {
  const { settled: { plan: { optIns }, overtaken }, decision: { record }, states: own } = request;
  if (!isStanding(record.status)) return "unchanged";
  if (own.length === 0) return judgeLesser(request);
  if (own.every((state) => isNamed({ ...request, state }) || !isKept({ ...request, state }))) return "unchanged";
  if (optIns.superseded.includes(record.id) || overtaken.includes(record.id)) return "superseded";
  if (own.every((state) => isThere({ ...request, state }))) return "unchanged";
  const isWithoutEffect = optIns.waiting.includes(record.id) || isFolded(request);
  return isWithoutEffect && !own.some((state) => hasText({ ...request, state })) ? "unchanged" : "applied";
}

/** One that is less than another of the same item, and was never to be written. */
function judgeLesser(request: Judging & { decision: SealedDecision }): Outcome {
  const { settled: { plan: { last } }, recorded, decision: { record, effectiveAt } } = request;
  const { id: decisionId, status } = record;
  if (!isStanding(status)) return "unchanged";
  const stood = recorded.get(consentKey({ purpose: record.purpose.key, channel: record.channel ?? ANY_CHANNEL }));
  const order = stood === undefined ? compareWithSlot({ last, effectiveAt }) : compareConsentStates(stood, { decisionId, status, effectiveAt });
  if ((stood ?? last)?.decisionId === decisionId) return "unchanged";
  return order > 0 ? "superseded" : "applied";
}

function compareWithSlot(request: { last: { readonly effectiveAt: number } | null; effectiveAt: number }): number {
  return request.last === null ? -1 : compareSeconds(request.last.effectiveAt, request.effectiveAt);
}

/** Whether the record named this very decision before: in the text of its key, which is exact. */
function isNamed(request: Judging & { state: ConsentState }): boolean {
  const { recorded, state } = request;
  return recorded.get(consentKey(state))?.decisionId === state.decisionId;
}

/** Whether a state stood before: by the text of its key, else where nothing that it decides had to change. */
function isThere(request: Judging & { state: ConsentState }): boolean {
  const { settings: { consent, slots }, settled: { plan }, state } = request;
  const { stored, last, optIns } = plan;
  if (stored === null) return false;
  if (hasText(request)) return isNamed(request);
  const before = readOptInSet(stored);
  const place = placeOf({ consent, key: state });
  const fields = place.kind === "optIns" ? place.fields : place.kind === "partner" ? OPT_IN_FIELDS : [];
  const isReceiptSame = place.kind !== "receipt" || before.sendReceiptByMail === optIns.target.sendReceiptByMail;
  const isSame = isReceiptSame && fields.every((field) => before.optIns[field] === optIns.target.optIns[field]);
  if (!isSame) return false;
  if (last === null) return slots === null;
  return last.decisionId === state.decisionId || compareSeconds(state.effectiveAt, last.effectiveAt) <= 0;
}

/** Whether Y2 has a place for the state's key, an opt-in, a flag or a text, and is to use it. */
function isKept(request: Judging & { state: ConsentState }): boolean {
  const { settings: { consent }, state } = request;
  return hasText(request) || !["declined", "nowhere"].includes(placeOf({ consent, key: state }).kind);
}

function hasText(request: { settings: Settings; state: ConsentState }): boolean {
  return request.settings.consent.purposeFields.has(consentKey(request.state));
}
