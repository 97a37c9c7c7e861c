import {
  endsPermission,
  isEnding,
  isGrant,
  type AttributeOutcomeV1,
  type ConnectorContextV1,
  type ConsentState,
  type SubjectWriteV1,
} from "@volenti/core/adapter";
import { guessAddressMode, type AddressMode } from "../mapping/address-mode.ts";
import { toDecisionRow } from "../mapping/decision-row.ts";
import type { OrgRow } from "../mapping/org-row.ts";
import { addProfileFields, fieldNameOf, sortPatch, toPlaceholder, type SendableAttribute } from "../mapping/profile-row.ts";
import { digestStateKeys } from "../mapping/row-keys.ts";
import { toStateRow } from "../mapping/state-row.ts";
import { createToDatetime } from "../mapping/to-datetime.ts";
import { COUNTRY_FIELD, REF_FIELD, TEST_FIELD } from "../schema/names.ts";
import type { Settings } from "../settings.ts";
import type { SalesforceSession } from "../transport/salesforce-session.ts";
import type { KnownPerson } from "./known-person.ts";
import type { PersonRows, RowMaker } from "./pack-requests.ts";

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

/** Makes the rows of a batch. Digests are made for all of it at once. */
export async function planPeople(request: {
  session: SalesforceSession;
  context: ConnectorContextV1;
  tasks: readonly PersonTask[];
  heads: ReadonlyMap<string, string>;
}): Promise<readonly PersonPlan[]> {
  const { session, context, tasks, heads } = request;
  const { settings } = session;
  const { controllerId, crypto } = context;
  const mode = guessAddressMode(session);
  const toDatetime = createToDatetime();
  const keyed = await digestStateKeys({ crypto, controllerId, people: tasks });
  return tasks.map((task, position): PersonPlan => {
    const { item, ref } = task;
    const { sendable, outcomes } = sortPatch({ settings, patch: ref === item.subject.ref ? (item.profile ?? {}) : {}, stamps: stampsOf(task.standing) });
    const decisions = task.recordsDecisions && settings.decisionLog ? item.decisions : [];
    const profile = profileRows({ settings, task, sendable, mode });
    return {
      ...task,
      sendable,
      refusedAttributes: outcomes,
      rows: {
        individual: individualRows(task),
        profile,
        states: (keyed[position] ?? []).map(({ state, keys }): RowMaker => {
          const decision = item.decisions.find(({ record }) => record.id === state.decisionId);
          return () => toStateRow({ settings, ref, state, keys, decision, isTest: item.subject.test, toDatetime });
        }),
        decisions: decisions.map((decision): RowMaker => () => toDecisionRow({ decision, head: heads.get(decision.proof.root) ?? null, ref })),
        flags: flagRows({ settings, task, hasProfile: profile.length > 0 }).map(toMaker),
      },
    };
  });
}

/** A row that is there already. */
export function toMaker(row: OrgRow): RowMaker {
  return () => row;
}

const NO_STAMPS: ReadonlyMap<string, number> = new Map();

function stampsOf(standing: Standing): ReadonlyMap<string, number> {
  return typeof standing === "object" ? standing.stamps : NO_STAMPS;
}

/** An Individual bears a label, never a name; one that was there before keeps its own. */
function individualRows({ item, ref, standing }: PersonTask): RowMaker[] {
  const isThere = typeof standing === "object" && standing.individualRef !== null;
  // Whom a refusal follows has an Individual, but for a record that bears our ref alone.
  if (item.mode === "existingOnly" && (isThere || typeof standing !== "object")) return [];
  return [
    () => {
      const row: OrgRow = { attributes: { type: "Individual" }, [REF_FIELD]: ref, [TEST_FIELD]: item.subject.test, [COUNTRY_FIELD]: item.subject.country };
      if (!isThere) row["LastName"] = `Customer ${ref.slice(0, 8)}`;
      return row;
    },
  ];
}

/** The profile record: only where there is something to store, or somebody to connect with an Individual. */
function profileRows(request: { settings: Settings; task: PersonTask; sendable: readonly SendableAttribute[]; mode: AddressMode }): RowMaker[] {
  const { settings, task, sendable, mode } = request;
  const { item, ref, standing } = task;
  const isConnected = typeof standing === "object" && standing.individualRef !== null;
  if (item.mode === "existingOnly" || (sendable.length === 0 && (typeof standing !== "object" || isConnected))) return [];
  const { placeholderFamilyName, withoutFamilyName, profile } = settings;
  const hasFamilyName = sendable.some(({ field }) => fieldNameOf({ field, mode }) === "LastName");
  if (standing === "absent" && !hasFamilyName && withoutFamilyName === "individualOnly") return [];
  return [
    () => {
      const row: OrgRow = { attributes: { type: profile.objectName }, [REF_FIELD]: ref };
      Object.assign(row, profile.constants);
      if (profile.recordTypeId !== null) row["RecordTypeId"] = profile.recordTypeId;
      row[TEST_FIELD] = item.subject.test;
      if (!isConnected) row[profile.individual] = { [REF_FIELD]: ref };
      if (standing === "absent" && !hasFamilyName) Object.assign(row, toPlaceholder(settings));
      addProfileFields({ row, sendable, mode, placeholderFamilyName });
      return row;
    },
  ];
}

/**
 * Opt-out flags are set in the same call as the consent row, and never cleared there. Also of somebody without a profile
 * record: another process may make one meanwhile, and without a family name the row itself makes none. But an org that is
 * not told that it is about a person account takes it for a business, which has no such flag.
 */
function flagRows(request: { settings: Settings; task: PersonTask; hasProfile: boolean }): OrgRow[] {
  const { settings, task, hasProfile } = request;
  const { kind, recordTypeId } = settings.profile;
  if (task.standing === "absent" && !hasProfile && kind === "PersonAccount" && recordTypeId === null) return [];
  const row: OrgRow = {};
  for (const [channel, { field, stampField }] of settings.optOutFlags) {
    const refusedAt = refusedAtOf({ states: task.states, channel });
    if (refusedAt === null) continue;
    row[field] = true;
    row[stampField] = refusedAt;
  }
  if (Object.keys(row).length === 0) return [];
  const isSeen = typeof task.standing === "object" || recordTypeId === null;
  return [{ [REF_FIELD]: task.ref, ...(isSeen ? {} : { RecordTypeId: recordTypeId }), ...row }];
}

/** The latest refusal of a channel among the states, in epoch milliseconds; an ending is no refusal. */
export function refusedAtOf(request: { states: readonly ConsentState[]; channel: string }): number | null {
  const refusals = request.states.filter(({ channel, status }) => channel === request.channel && endsPermission(status) && !isEnding(status));
  return refusals.length === 0 ? null : Math.max(...refusals.map(({ effectiveAt }) => effectiveAt));
}

/** The latest grant of a channel among the states, in epoch milliseconds. */
export function grantedAtOf(request: { states: readonly ConsentState[]; channel: string }): number | null {
  const grants = request.states.filter(({ channel, status }) => channel === request.channel && isGrant(status));
  return grants.length === 0 ? null : Math.max(...grants.map(({ effectiveAt }) => effectiveAt));
}
