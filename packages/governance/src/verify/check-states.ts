import {
  ANY_CHANNEL,
  compareConsentStates,
  consentKey,
  endsPermission,
  type ConnectorV1,
  type ConsentHistoryFacetV1,
  type ConsentState,
} from "@volenti/core/adapter";
import { readDecisionRecord } from "../support/read-decision-record.ts";
import { belongsTo } from "./belongs-to.ts";
import { differingStateFields } from "./differing-state-fields.ts";
import { isChangedByStaff } from "./is-changed-by-staff.ts";
import { toStandingDecision, type PersonHistory, type StandingDecision } from "./person-history.ts";
import type { DecisionFinding } from "./verification-report.ts";

export interface CheckedStates {
  readonly findings: readonly DecisionFinding[];
  /** Refusals and endings that stand by a decision which is not in this person's history. */
  readonly followed: number;
  /** States that people made in the system itself; a grant among them is a finding as well. */
  readonly changedByStaff: number;
  /** Whether decisions stand by the history and nothing at all is kept of the person that says so. */
  readonly isWithoutStates: boolean;
}

interface StatesCheck {
  readonly connector: ConnectorV1;
  readonly consentHistory: ConsentHistoryFacetV1;
  readonly person: PersonHistory;
  /** What stood for the person after the decisions had been read. */
  readonly states: readonly ConsentState[];
}

/**
 * Compares what stands for a person with the fold of the person's decisions, which must have been read before. States
 * are read after them, once more where they are behind, and what they do not explain is looked up after that: a store
 * that is written to meanwhile gives no finding.
 */
export async function checkStates(check: StatesCheck): Promise<CheckedStates> {
  const { connector, person } = check;
  const { subjectRef, greatest } = person;
  if (isAsDecided(check)) return AS_DECIDED;
  if (mayBeGone(check) && (await isGone(check))) return GONE;
  if (findBehind({ states: check.states, greatest }).length === 0) return compareStates({ ...check, behind: [] });
  // They may have been read with those of many others, and a while ago.
  const again = { ...check, states: await connector.consent.listStates({ subjectRef }) };
  return (await isGone(again)) ? GONE : compareStates({ ...again, behind: findBehind({ states: again.states, greatest }) });
}

const AS_DECIDED: CheckedStates = { findings: [], followed: 0, changedByStaff: 0, isWithoutStates: false };

/**
 * Whether every greatest decision has the state of its own key, and every state says what its decision says: of nearly
 * everybody, so that nothing has to be looked for.
 */
function isAsDecided({ states, person }: StatesCheck): boolean {
  const { greatest } = person;
  const met = new Set<StandingDecision>();
  for (const state of states) {
    const decision = isChangedByStaff(state) ? undefined : findKnown({ state, greatest });
    if (decision === undefined || differingStateFields({ state, decision }).length > 0) return false;
    if (state.channel === decision.channel) met.add(decision);
  }
  return met.size === greatest.size;
}

const GONE: CheckedStates = { findings: [], followed: 0, changedByStaff: 0, isWithoutStates: true };

function mayBeGone({ states, person }: StatesCheck): boolean {
  return states.length === 0 && person.greatest.size > 0;
}

async function isGone(check: StatesCheck): Promise<boolean> {
  const { connector, person } = check;
  return mayBeGone(check) && (await connector.profiles.get({ subjectRef: person.subjectRef })) === null;
}

async function compareStates(check: StatesCheck & { readonly behind: readonly Behind[] }): Promise<CheckedStates> {
  const { consentHistory, person, states, behind } = check;
  const { subjectRef, greatest } = person;
  const unexplained = states.filter((state) => !isChangedByStaff(state) && findKnown({ state, greatest }) === undefined);
  const wanted = new Set([...unexplained, ...behind.map(({ decision }) => decision)].map(({ decisionId }) => decisionId));
  const found = wanted.size === 0 ? new Map<string, StandingDecision>() : await findDecisions({ consentHistory, subjectRef, wanted });
  const fieldsOf = states.map((state) => ({ state, fields: toFields({ state, decision: findKnown({ state, greatest }) ?? found.get(state.decisionId) }) }));
  const toFinding = (finding: { decisionId: string; field: string }): DecisionFinding => ({ code: "stateMismatch", ...finding, subjectRef });
  return {
    findings: [
      ...fieldsOf.flatMap(({ state: { decisionId }, fields }) => (fields ?? []).map((field) => toFinding({ decisionId, field }))),
      // Removed meanwhile, as test people are: then nothing has to stand by it any more.
      ...behind
        .filter(({ decision }) => found.has(decision.decisionId))
        .map(({ decision: { decisionId }, field }) => toFinding({ decisionId, field })),
    ],
    followed: fieldsOf.filter(({ state, fields }) => fields === null && !isChangedByStaff(state)).length,
    changedByStaff: states.filter(isChangedByStaff).length,
    isWithoutStates: false,
  };
}

/** The decision that a state names, where it is the greatest that speaks for the key. */
function findKnown(request: { state: ConsentState; greatest: PersonHistory["greatest"] }): StandingDecision | undefined {
  const { state, greatest } = request;
  const { purpose, decisionId } = state;
  const own = greatest.get(consentKey(state));
  if (own?.decisionId === decisionId) return own;
  const ofAll = greatest.get(consentKey({ purpose, channel: ANY_CHANNEL }));
  return ofAll?.decisionId === decisionId ? ofAll : undefined;
}

/**
 * Null: a refusal that may have followed the person here from elsewhere, where it is recorded under another ref, or that
 * somebody made in the system itself.
 */
function toFields(request: { state: ConsentState; decision: StandingDecision | undefined }): readonly string[] | null {
  const { state, decision } = request;
  if (decision !== undefined) return differingStateFields({ state, decision });
  return endsPermission(state.status) ? null : ["decisionId"];
}

interface Behind {
  readonly decision: StandingDecision;
  readonly field: "state" | "decisionId";
}

/**
 * Decisions that stand by the history, and that the state of their key is less than, or lacks. One without a channel
 * has a state of its own under `*`, which every reader compares with the channel's: no more is asked of the channels.
 */
function findBehind(request: {
  states: readonly ConsentState[];
  greatest: PersonHistory["greatest"];
}): readonly Behind[] {
  const byKey = new Map(request.states.map((state) => [consentKey(state), state]));
  return [...request.greatest].flatMap(([key, decision]): Behind[] => {
    const state = byKey.get(key);
    if (state === undefined) return [{ decision, field: "state" }];
    if (state.decisionId === decision.decisionId || compareConsentStates(state, decision) > 0) return [];
    return [{ decision, field: "decisionId" }];
  });
}

async function findDecisions(request: {
  consentHistory: ConsentHistoryFacetV1;
  subjectRef: string;
  wanted: ReadonlySet<string>;
}): Promise<ReadonlyMap<string, StandingDecision>> {
  const { consentHistory, subjectRef, wanted } = request;
  const found = new Map<string, StandingDecision>();
  for await (const decision of consentHistory.listDecisions({ subjectRef })) {
    const record = readDecisionRecord(decision.canonical);
    if (record === null || !wanted.has(record.id) || !belongsTo({ record, subjectRef })) continue;
    const standing = toStandingDecision(record);
    if (standing !== null) found.set(record.id, standing);
  }
  return found;
}
