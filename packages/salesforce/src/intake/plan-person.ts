import {
  endsPermission,
  isEnding,
  isGrant,
  type AttributeOutcomeV1,
  type ConnectorContextV1,
  type ConsentState,
  type SubjectWriteV1,
} from "@volenti/core/adapter";
import { guessAddressMode } from "../mapping/address-mode.ts";
import { toDecisionRow } from "../mapping/decision-row.ts";
import type { OrgRow } from "../mapping/org-row.ts";
import { sortPatch, type SendableAttribute } from "../mapping/profile-row.ts";
import { toIndividualRow } from "../mapping/individual-row.ts";
import { digestStateKeys, withKeys, type DigestedKeys } from "../mapping/row-keys.ts";
import { toStateRow } from "../mapping/state-row.ts";
import { createToDatetime, type ToDatetime } from "../mapping/to-datetime.ts";
import { createToProfileRow, type ToProfileRow } from "../mapping/to-profile-row.ts";
import { REF_FIELD } from "../schema/names.ts";
import type { Settings } from "../settings.ts";
import type { SalesforceSession } from "../transport/salesforce-session.ts";
import type { KnownPerson } from "./known-person.ts";
import type { PersonRows } from "./pack-requests.ts";
import { NO_ROWS, oneRow, readyRows, type RowsOfKind } from "./rows-of-kind.ts";

/** What the org holds of a person before the write: a record, none, or nobody looked. */
export type Standing = KnownPerson | "absent" | "unasked";

/** One person's part of an item: whose rows they are, and what is to be written. */
export interface PersonTask {
  readonly item: SubjectWriteV1;
  /** Whose: the item's own, or that of somebody held whom a refusal follows. */
  readonly ref: string;
  readonly standing: Standing;
  /** The states to be written; those that a read found to be too old are left out. */
  readonly states: readonly ConsentState[];
  /** Whether the decisions are recorded with this person: once in the org, with the first of several. */
  readonly recordsDecisions: boolean;
}

/** A task with its rows. */
export interface PersonPlan extends PersonTask {
  readonly rows: PersonRows;
  readonly sendable: readonly SendableAttribute[];
  /** Attributes that the org cannot hold, already decided. */
  readonly refusedAttributes: Readonly<Record<string, AttributeOutcomeV1>>;
}

/** What the rows of a batch are made with. */
interface Workshop {
  readonly settings: Settings;
  readonly heads: ReadonlyMap<string, string>;
  readonly digested: DigestedKeys;
  readonly toDatetime: ToDatetime;
  readonly toProfileRow: ToProfileRow;
}

/** Plans the rows of a batch. Digests are made for all of it at once. */
export async function planPeople(request: {
  session: SalesforceSession;
  context: ConnectorContextV1;
  tasks: readonly PersonTask[];
  heads: ReadonlyMap<string, string>;
}): Promise<readonly PersonPlan[]> {
  const { session, context, tasks, heads } = request;
  const { settings } = session;
  const { controllerId, crypto } = context;
  const workshop: Workshop = {
    settings,
    heads,
    digested: await digestStateKeys({ crypto, controllerId, people: tasks }),
    toDatetime: createToDatetime(),
    toProfileRow: createToProfileRow({ settings, mode: guessAddressMode(session) }),
  };
  let firstKey = 0;
  return tasks.map((task) => {
    const plan = planPerson({ workshop, task, firstKey });
    firstKey += task.states.length;
    return plan;
  });
}

/** `firstKey`: the place of the person's first state among the digested keys. */
function planPerson(request: { workshop: Workshop; task: PersonTask; firstKey: number }): PersonPlan {
  const { workshop, task, firstKey } = request;
  const { settings, heads } = workshop;
  const { item, ref, standing } = task;
  const { sendable, outcomes } = sortPatch({ settings, patch: ref === item.subject.ref ? (item.profile ?? {}) : {}, stamps: stampsOf(standing) });
  const profile = profileRows({ workshop, task, sendable });
  const decisionRow = (index: number): OrgRow => {
    const decision = item.decisions[index];
    return decision === undefined ? {} : toDecisionRow({ decision, head: heads.get(decision.proof.root) ?? null, ref });
  };
  return {
    ...task,
    sendable,
    refusedAttributes: outcomes,
    rows: {
      individual: individualRows(task),
      profile,
      states: { count: task.states.length, make: (index) => stateRow({ workshop, task, firstKey, index }) },
      decisions: task.recordsDecisions && settings.decisionLog ? { count: item.decisions.length, make: decisionRow } : NO_ROWS,
      flags: flagRows({ settings, task, hasProfile: profile.count > 0 }),
    },
  };
}

function stateRow(request: { workshop: Workshop; task: PersonTask; firstKey: number; index: number }): OrgRow {
  const { workshop, task, firstKey, index } = request;
  const { settings, digested, toDatetime } = workshop;
  const { item, ref } = task;
  const state = task.states[index];
  if (state === undefined) return {};
  const decision = item.decisions.find(({ record }) => record.id === state.decisionId);
  return toStateRow({ ...withKeys({ digested, state, position: firstKey + index }), settings, ref, decision, isTest: item.subject.test, toDatetime });
}

const NO_STAMPS: ReadonlyMap<string, number> = new Map();

function stampsOf(standing: Standing): ReadonlyMap<string, number> {
  return typeof standing === "object" ? standing.stamps : NO_STAMPS;
}

function individualRows({ item, ref, standing }: PersonTask): RowsOfKind {
  const isThere = typeof standing === "object" && standing.individualRef !== null;
  // Whom a refusal follows has an Individual, but for a record that bears our ref alone.
  if (item.mode === "existingOnly" && (isThere || typeof standing !== "object")) return NO_ROWS;
  const { test: isTest, country } = item.subject;
  return oneRow(() => toIndividualRow({ ref, isTest, country, isThere }));
}

/** The profile record: only where there is something to store, or somebody to connect with an Individual. */
function profileRows(request: { workshop: Workshop; task: PersonTask; sendable: readonly SendableAttribute[] }): RowsOfKind {
  const { workshop, task, sendable } = request;
  const { settings, toProfileRow } = workshop;
  const { item, ref, standing } = task;
  const isConnected = typeof standing === "object" && standing.individualRef !== null;
  if (item.mode === "existingOnly" || (sendable.length === 0 && (typeof standing !== "object" || isConnected))) return NO_ROWS;
  const hasPlaceholder = standing === "absent" && sendable.every(({ field }) => field.field !== "LastName");
  if (hasPlaceholder && settings.withoutFamilyName === "individualOnly") return NO_ROWS;
  return oneRow(() => toProfileRow({ ref, isTest: item.subject.test, isConnected, hasPlaceholder, sendable }));
}

/**
 * Opt-out flags are set in the same call as the consent row, and never cleared there. Also of somebody without a profile
 * record: another process may make one meanwhile, and without a family name the row itself makes none. But an org that is
 * not told that it is about a person account takes it for a business, which has no such flag.
 */
function flagRows(request: { settings: Settings; task: PersonTask; hasProfile: boolean }): RowsOfKind {
  const { settings, task, hasProfile } = request;
  const { kind, recordTypeId } = settings.profile;
  if (!task.states.some(isRefusal)) return NO_ROWS;
  if (task.standing === "absent" && !hasProfile && kind === "PersonAccount" && recordTypeId === null) return NO_ROWS;
  const row: OrgRow = {};
  for (const [channel, { field, stampField }] of settings.optOutFlags) {
    const refusedAt = refusedAtOf({ states: task.states, channel });
    if (refusedAt === null) continue;
    row[field] = true;
    row[stampField] = refusedAt;
  }
  if (Object.keys(row).length === 0) return NO_ROWS;
  const isSeen = typeof task.standing === "object" || recordTypeId === null;
  return readyRows([{ [REF_FIELD]: task.ref, ...(isSeen ? {} : { RecordTypeId: recordTypeId }), ...row }]);
}

/** The latest refusal of a channel among the states, in epoch milliseconds; an ending is no refusal. */
export function refusedAtOf(request: { states: readonly ConsentState[]; channel: string }): number | null {
  let latest: number | null = null;
  for (const state of request.states) {
    if (state.channel === request.channel && isRefusal(state)) latest = Math.max(latest ?? state.effectiveAt, state.effectiveAt);
  }
  return latest;
}

function isRefusal({ status }: ConsentState): boolean {
  return endsPermission(status) && !isEnding(status);
}

/** The latest grant of a channel among the states, in epoch milliseconds. */
export function grantedAtOf(request: { states: readonly ConsentState[]; channel: string }): number | null {
  let latest: number | null = null;
  for (const { channel, status, effectiveAt } of request.states) {
    if (channel === request.channel && isGrant(status)) latest = Math.max(latest ?? effectiveAt, effectiveAt);
  }
  return latest;
}
