import { DECISION_OBJECT, REF_FIELD, TEST_FIELD } from "../schema/names.ts";
import { fieldName, soql } from "../query/soql.ts";
import { queryTogether } from "../profile/query-together.ts";
import { deleteRecords } from "./change-records.ts";
import { erasePeople, type ErasureTerms } from "./erase-people.ts";
import { textOf, toOrgRecords } from "./org-record.ts";
import { restoreStates } from "./restore-states.ts";

const PEOPLE_AT_ONCE = 50;

/**
 * Removes what tests left. A person of whom everything is of tests has a marked Individual, and goes whole, decisions
 * included. Of real people the decisions of tests go, after what stood apart from them stands again.
 */
export async function eraseTestPeople(terms: ErasureTerms): Promise<void> {
  const [ref, test] = [fieldName(REF_FIELD), fieldName(TEST_FIELD)];
  for (const kind of ["profile", "states", "identity", "decisions"]) terms.tally.erased({ kind, count: 0 });
  const [people] = await queryTogether({ ...terms, queries: [soql`SELECT Id, ${ref} FROM Individual WHERE ${test} = true AND ${ref} != null`], absent: "isError" });
  const refs = (people ?? []).flatMap((row) => textOf(row[REF_FIELD]) ?? []);
  for (let start = 0; start < refs.length; start += PEOPLE_AT_ONCE) {
    await erasePeople({ ...terms, refs: refs.slice(start, start + PEOPLE_AT_ONCE), mode: "delete", withDecisions: true });
  }
  await restoreStates(terms);
  const [rows] = await queryTogether({ ...terms, queries: [soql`SELECT Id FROM ${fieldName(DECISION_OBJECT)} WHERE ${test} = true`], absent: "isNull" });
  const changes = await deleteRecords({ ...terms, records: toOrgRecords({ objectName: DECISION_OBJECT, rows: rows ?? [] }) });
  terms.tally.erased({ kind: "decisions", count: changes.filter(({ kind }) => kind === "done").length });
  for (const change of changes) if (change.kind === "refused") terms.tally.retained({ kind: "decisions", count: 1, reason: change.reason });
}
