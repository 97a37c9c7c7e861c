import type { CallTerms } from "../intake/send-composite.ts";
import { KEY_FIELD, REF_FIELD } from "../schema/names.ts";
import { blankRecords } from "./blank-records.ts";
import { deleteRecords, updateRecords, type RecordChange } from "./change-records.ts";
import { findDependents, type Dependents } from "./find-dependents.ts";
import { findOwnRecords, type OwnRecords } from "./find-own-records.ts";
import { markPeople } from "./mark-people.ts";
import { distinctRecords, textOf, type OrgRecord } from "./org-record.ts";
import type { Tally } from "./tally.ts";

/** How an erasure goes about it, for all steps. */
export interface ErasureTerms extends CallTerms {
  readonly tally: Tally;
}

/**
 * Erases people in the order in which Salesforce lets go of them: consents, contact points, profiles, Individuals. The
 * Individual, which bears the ref, goes last: an erasure that was interrupted is found and ended by the next one.
 */
export async function erasePeople(
  request: ErasureTerms & { refs: readonly string[]; mode: "delete" | "anonymise" | "mark"; withDecisions: boolean },
): Promise<void> {
  const { refs, mode, withDecisions, ...terms } = request;
  const { tally } = terms;
  for (const kind of ["profile", "states", "identity"]) tally.erased({ kind, count: 0 });
  const own = await findOwnRecords({ ...terms, refs });
  if (mode === "mark") await markPeople({ ...terms, own });
  else await removePeople({ ...terms, own, mode });
  if (withDecisions) await deleteAndCount({ terms, kind: "decisions", records: own.decisions });
  else tally.retained({ kind: "decisions", count: own.decisions.length, reason: "proofWithoutIdentity" });
}

async function removePeople(request: ErasureTerms & { own: OwnRecords; mode: "delete" | "anonymise" }): Promise<void> {
  const { own, mode, ...terms } = request;
  const dependents = await findDependents({ ...terms, individualIds: idsOf(own.individuals), profileIds: idsOf(own.profiles) });
  const profiles = distinctRecords([...dependents.profiles, ...own.profiles]);
  const states = distinctRecords([...own.states, ...dependents.consents.filter(({ row }) => textOf(row[KEY_FIELD]) !== null)]);
  const otherConsents = dependents.consents.filter(({ id }) => !states.some((state) => state.id === id));
  await blankRecords({ ...terms, records: [...profiles, ...own.individuals, ...otherConsents, ...dependents.contactPoints], isDeletedNext: mode === "delete" });
  await unlink({ terms, dependents });
  // Children of others first: `otherConsents` are in that order, and nothing hangs on a state.
  await deleteAndCount({ terms, kind: "otherConsents", records: otherConsents });
  await deleteAndCount({ terms, kind: "states", records: states });
  await deleteAndCount({ terms, kind: "contactPoints", records: dependents.contactPoints });
  const individualField = `${terms.session.settings.profile.individual}Id`;
  await removeLast({ terms, kind: "profile", records: profiles, mode, release: { [REF_FIELD]: null, [individualField]: null } });
  await removeLast({ terms, kind: "identity", records: own.individuals, mode, release: { [REF_FIELD]: null } });
}

/** Leads and users are records of others' making: they lose the way to the person, and are told. */
async function unlink(request: { terms: ErasureTerms; dependents: Dependents }): Promise<void> {
  const { terms, dependents } = request;
  for (const [kind, records, reason] of [["leads", dependents.leads, "unlinkedForReview"], ["users", dependents.users, "unlinkedForReview"]] as const) {
    if (records.length === 0) continue;
    const changes = await updateRecords({ ...terms, updates: records.map((record) => ({ record, values: { IndividualId: null } })) });
    const refused = changes.find((change) => change.kind === "refused");
    terms.tally.retained({ kind, count: records.length, reason: refused?.kind === "refused" ? refused.reason : reason });
  }
}

async function deleteAndCount(request: { terms: ErasureTerms; kind: string; records: readonly OrgRecord[] }): Promise<void> {
  const { terms, kind, records } = request;
  if (records.length === 0) return;
  count({ terms, kind, changes: await deleteRecords({ ...terms, records }) });
}

/** What the org does not let go of is let go by us: its values are gone already, and now nothing leads to it. */
async function removeLast(request: {
  terms: ErasureTerms;
  kind: string;
  records: readonly OrgRecord[];
  mode: "delete" | "anonymise";
  release: Readonly<Record<string, null>>;
}): Promise<void> {
  const { terms, kind, records, mode, release } = request;
  if (records.length === 0) return;
  if (mode === "anonymise") {
    count({ terms, kind, changes: await updateRecords({ ...terms, updates: records.map((record) => ({ record, values: { [REF_FIELD]: null } })) }) });
    return;
  }
  const changes = await deleteRecords({ ...terms, records });
  const refused = records.filter((_, index) => changes[index]?.kind === "refused");
  await updateRecords({ ...terms, updates: refused.map((record) => ({ record, values: { ...release } })) });
  count({ terms, kind, changes });
}

function count(request: { terms: ErasureTerms; kind: string; changes: readonly RecordChange[] }): void {
  const { terms, kind, changes } = request;
  terms.tally.erased({ kind, count: changes.filter((change) => change.kind === "done").length });
  for (const change of changes) if (change.kind === "refused") terms.tally.retained({ kind, count: 1, reason: change.reason });
}

function idsOf(records: readonly OrgRecord[]): readonly string[] {
  return records.map(({ id }) => id);
}
