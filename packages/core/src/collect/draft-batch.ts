import type { CatalogueIndex } from "../configuration/catalogue-index.ts";
import type { ResolvedConfiguration } from "../configuration/resolve-configuration.ts";
import { canonicalise } from "../evidence/canonicalise.ts";
import { consentKey, greaterConsentState } from "../model/consent-fold.ts";
import type { ConsentState } from "../model/consent-state.ts";
import { endsPermission } from "../model/consent-status.ts";
import type { DecisionRecord } from "../model/decision.ts";
import type { ProfilePatch } from "../model/profile.ts";
import type { Problem, WithheldAttribute } from "../model/submission-result.ts";
import { checkConfirmedRequest } from "./check-confirmed-request.ts";
import { deriveDecisionIds, type DecisionIdSource } from "./decision-id.ts";
import { draftDecision, draftFromRecord } from "./draft-decisions.ts";
import { minimiseProfile } from "./minimise-profile.ts";
import type { ConsultedSubmission, DraftDecision } from "./prepared-submission.ts";
import { describeRestrictions, NO_RESTRICTIONS, restrictProfile, type ProfileRestriction } from "./restrict-profile.ts";
import { screenDecisions, type ScreenedDecision } from "./screen-decisions.ts";

/** A submission with its decisions written and its profile minimised, before anything is sealed. */
export interface DraftSubmission {
  readonly consulted: ConsultedSubmission;
  readonly decisions: readonly DraftDecision[];
  readonly refusalsOfOthers: readonly { readonly ref: string; readonly decisions: readonly DraftDecision[] }[];
  readonly profile: ProfilePatch | undefined;
  readonly withheld: readonly WithheldAttribute[];
  /** By destination id: what the release policy leaves of the profile there; destinations that it does not concern are absent. */
  readonly restrictions: ReadonlyMap<string, ProfileRestriction>;
  /** Not empty: it is rejected, and nothing of it counts for the submissions after it. */
  readonly problems: readonly Problem[];
}

interface BatchMemory {
  /** What stands for each person after the submissions so far. */
  readonly standing: Map<string, Map<string, ConsentState>>;
  /** Whose standing holds what the ledger answered: a refusal may have reached a person before their own submission. */
  readonly consulted: Set<string>;
  /** The records of the batch by decision id; null where all ids are derived, none can be another's, and none is asked for. */
  readonly records: Map<string, DecisionRecord> | null;
}

/** Drafts a batch, in order: each submission sees what stands after those before it. */
export async function draftBatch(request: {
  batch: readonly ConsultedSubmission[];
  configuration: ResolvedConfiguration;
  now: number;
}): Promise<readonly DraftSubmission[]> {
  const { batch, configuration, now } = request;
  const hasGivenIds = batch.some(({ submission }) => submission.decisions.some(({ raw }) => raw.id !== undefined));
  const hasRequests = batch.some(({ submission }) => submission.decisions.some(({ raw }) => raw.confirmation?.requestId !== undefined));
  const memory: BatchMemory = { standing: new Map(), consulted: new Set(), records: hasGivenIds || hasRequests ? new Map() : null };
  const screened = batch.map(({ submission }) => screenDecisions({ submission, findDemand: configuration.findDemand }));
  const copyIds = await deriveCopyIds({ batch, screened, configuration });
  return batch.map((consulted, index) => {
    const own = screened[index] ?? [];
    return draftSubmission({ consulted, screened: own, copyIds, configuration, memory, now });
  });
}

function draftSubmission(request: {
  consulted: ConsultedSubmission;
  screened: readonly ScreenedDecision[];
  copyIds: ReadonlyMap<string, string>;
  configuration: ResolvedConfiguration;
  memory: BatchMemory;
  now: number;
}): DraftSubmission {
  const { consulted, screened, copyIds, configuration, memory, now } = request;
  const { submission, ref } = consulted;
  const controllerId = configuration.controller.id;
  const written = screened.map((one, position) =>
    draftDecision({ screened: checkConfirmedRequest({ screened: one, consulted, records: memory.records }), submission, controllerId, decisionId: consulted.decisionIds[position] ?? "", ref }),
  );
  const problems = findReusedIds({ consulted, decisions: written, memory });
  const isKnown = consulted.recorded.size > 0;
  const decisions = isKnown ? written.map((draft) => asRecorded({ draft, consulted, index: configuration.index })) : written;
  if (problems.length > 0) return { consulted, decisions, refusalsOfOthers: [], profile: undefined, withheld: [], restrictions: NO_RESTRICTIONS, problems };
  const refusalsOfOthers = othersOf(consulted).map((other) => ({
    ref: other,
    decisions: refusalsIn(screened).map((one) => {
      const decisionId = copyIds.get(copyKey({ submissionId: submission.submissionId, screened: one, ref: other })) ?? "";
      return draftDecision({ screened: one, submission, controllerId, decisionId, ref: other });
    }),
  }));
  for (const { ref: other, decisions: copies } of refusalsOfOthers) letStand({ ref: other, decisions: copies, memory });
  const standing = standingAfter({ consulted, decisions, memory });
  const purposes = configuration.index.currentPurposes;
  const minimised = minimiseProfile({ profile: submission.profile, standing, purposes: purposes.values(), isRestricted: consulted.isRestricted, now });
  const restrictions = restrictProfile({ profile: minimised.kept, submission, plan: consulted.plan, standing, purposes, policy: configuration.policy, now });
  const withheld = restrictions.size === 0 ? minimised.withheld : [...minimised.withheld, ...describeRestrictions(restrictions)];
  return { consulted, decisions, refusalsOfOthers, profile: toPatch({ consulted, kept: minimised.kept }), withheld, restrictions, problems };
}

/** What the ledger recorded of a decision is what still holds of it. */
function asRecorded(request: { draft: DraftDecision; consulted: ConsultedSubmission; index: CatalogueIndex }): DraftDecision {
  const { draft, consulted, index } = request;
  const recorded = consulted.recorded.get(draft.record.id);
  if (recorded === undefined) return draft;
  const record = JSON.parse(recorded.canonical) as DecisionRecord;
  const { key, version } = record.purpose;
  const purpose = index.purposeVersions.get(`${key}@${version}`) ?? index.currentPurposes.get(key);
  return purpose === undefined ? draft : draftFromRecord({ record, purpose });
}

/** A second content under one id would be lost without a word: it is refused. */
function findReusedIds(request: {
  consulted: ConsultedSubmission;
  decisions: readonly DraftDecision[];
  memory: BatchMemory;
}): readonly Problem[] {
  const { consulted, decisions, memory } = request;
  const problems: Problem[] = [];
  if (consulted.recorded.size === 0 && memory.records === null) return problems;
  for (let index = 0; index < decisions.length; index += 1) {
    const record = decisions[index]?.record;
    if (record === undefined) continue;
    const recorded = consulted.recorded.get(record.id)?.canonical;
    const earlier = memory.records?.get(record.id);
    // A catalogue that moved on gives a replay other bytes; the submission's own digest says that it is the same.
    const differsFromRecorded = recorded !== undefined && !consulted.isReplay && recorded !== canonicalise(record);
    const differsFromEarlier = earlier !== undefined && canonicalise(earlier) !== canonicalise(record);
    if (differsFromRecorded || differsFromEarlier) problems.push({ path: `decisions[${index}].id`, code: "decisionIdInUse" });
  }
  if (problems.length === 0 && memory.records !== null) for (const { record } of decisions) memory.records.set(record.id, record);
  return problems;
}

/** What stands for the person after this submission and those before it in the batch. */
function standingAfter(request: {
  consulted: ConsultedSubmission;
  decisions: readonly DraftDecision[];
  memory: BatchMemory;
}): ReadonlyMap<string, ConsentState> {
  const { consulted, decisions, memory } = request;
  const { ref, states } = consulted;
  if (!memory.consulted.has(ref)) {
    memory.consulted.add(ref);
    addStates({ standing: standingOf({ ref, memory }), states });
  }
  letStand({ ref, decisions, memory });
  return standingOf({ ref, memory });
}

function letStand(request: { ref: string; decisions: readonly DraftDecision[]; memory: BatchMemory }): void {
  const { ref, decisions, memory } = request;
  const standing = standingOf({ ref, memory });
  for (const { states } of decisions) addStates({ standing, states });
}

function standingOf(request: { ref: string; memory: BatchMemory }): Map<string, ConsentState> {
  const { ref, memory } = request;
  const standing = memory.standing.get(ref) ?? new Map<string, ConsentState>();
  memory.standing.set(ref, standing);
  return standing;
}

function addStates(request: { standing: Map<string, ConsentState>; states: readonly ConsentState[] }): void {
  const { standing, states } = request;
  for (const state of states) {
    const key = consentKey(state);
    const greater = greaterConsentState(standing.get(key), state);
    if (greater !== undefined) standing.set(key, greater);
  }
}

function toPatch(request: {
  consulted: ConsultedSubmission;
  kept: ReadonlyMap<string, ProfilePatch[string]["value"]>;
}): ProfilePatch | undefined {
  const { consulted, kept } = request;
  if (kept.size === 0) return undefined;
  const { occurredAt: changedAt, submissionId } = consulted.submission;
  const patch: Record<string, ProfilePatch[string]> = {};
  for (const [name, value] of kept) patch[name] = { value, changedAt, submissionId };
  return patch;
}

/** Under which other refs a refusal is written, too: other people whom it names, and the person in copies of before a merge. */
function othersOf({ alsoMatched, merged }: ConsultedSubmission): readonly string[] {
  return [...alsoMatched, ...merged];
}

function refusalsIn(screened: readonly ScreenedDecision[]): readonly ScreenedDecision[] {
  return screened.filter(({ status }) => endsPermission(status));
}

function copyKey(request: { submissionId: string; screened: ScreenedDecision; ref: string }): string {
  const { purpose, channel } = request.screened.submitted.raw;
  return [request.submissionId, purpose, channel ?? "", request.ref].join("\u0000");
}

async function deriveCopyIds(request: {
  batch: readonly ConsultedSubmission[];
  screened: readonly (readonly ScreenedDecision[])[];
  configuration: ResolvedConfiguration;
}): Promise<ReadonlyMap<string, string>> {
  const { batch, screened, configuration } = request;
  const sources = new Map<string, DecisionIdSource>();
  for (const [index, consulted] of batch.entries()) {
    const { submission } = consulted;
    for (const ref of othersOf(consulted)) {
      for (const one of refusalsIn(screened[index] ?? [])) {
        const { submissionId } = submission;
        const decision = one.submitted.raw;
        sources.set(copyKey({ submissionId, screened: one, ref }), { submissionId, decision, person: ref });
      }
    }
  }
  const ids = await deriveDecisionIds({ sources: [...sources.values()], crypto: configuration.crypto });
  return new Map([...sources.keys()].map((key, index) => [key, ids[index] ?? ""]));
}
