import type { CallTerms } from "../intake/send-composite.ts";
import { CONSENT_STATE_FIELDS } from "../mapping/to-consent-state.ts";
import { chunkValues } from "../profile/chunk-values.ts";
import { queryTogether } from "../profile/query-together.ts";
import { fieldName, soql, type Soql } from "../query/soql.ts";
import { CONSENT_OBJECT, KEY_FIELD, SUBJECT_REF_FIELD } from "../schema/names.ts";
import type { SalesforceRow } from "../transport/salesforce-session.ts";
import type { OptOut } from "./opt-out.ts";
import { optOutQueries, readOptOuts } from "./read-opt-outs.ts";

/** What the org holds of somebody's consents, before it is made sense of. */
export interface HeldConsents {
  /** The consent rows, with their key. */
  readonly rows: readonly SalesforceRow[];
  readonly optOuts: readonly OptOut[];
}

/** A call carries five queries: four for consent rows, one for the flags of the same people. */
const PEOPLE_PER_CALL = 200;
/** A page of an answer has 2,000 rows: 50 people of up to 40 states. */
const PEOPLE_PER_QUERY = 50;

/**
 * By ref, of everybody who has consent rows: these together with the opt-out flags, because what a flag says depends on
 * what was decided. One call for 200 people.
 */
export async function readHeldConsents(request: CallTerms & { refs: readonly string[] }): Promise<ReadonlyMap<string, HeldConsents>> {
  const { refs, ...terms } = request;
  const held = new Map<string, HeldConsents>();
  for (const together of chunkValues({ values: refs, longestCount: PEOPLE_PER_CALL })) {
    const { rows, optOuts } = await readTogether({ ...terms, refs: together });
    const rowsOf = Map.groupBy(rows, (row) => row[SUBJECT_REF_FIELD]);
    for (const ref of together) {
      const own = rowsOf.get(ref);
      if (own !== undefined) held.set(ref, { rows: own, optOuts: optOuts.get(ref) ?? [] });
    }
  }
  return held;
}

async function readTogether(
  request: CallTerms & { refs: readonly string[] },
): Promise<{ rows: readonly SalesforceRow[]; optOuts: ReadonlyMap<unknown, readonly OptOut[]> }> {
  const { refs, ...terms } = request;
  const chunks = chunkValues({ values: refs, longestCount: PEOPLE_PER_QUERY });
  const ofStates = chunks.map(toStateQuery);
  const ofFlags = optOutQueries({ session: terms.session, refs });
  const answers = await queryTogether({ ...terms, queries: [...ofStates, ...ofFlags], absent: "isNull" });
  const states = answers.slice(0, ofStates.length);
  // Only flags may be hidden. Asked alone, consent rows that cannot be read are refused with the org's own reason.
  const rows = states.includes(null) ? await queryTogether({ ...terms, queries: ofStates, absent: "isError" }) : states;
  return { rows: rows.flatMap((own, index) => askedFor({ rows: own ?? [], refs: chunks[index] ?? [] })), optOuts: await readOptOuts({ ...terms, refs, answers: answers.slice(ofStates.length) }) };
}

/** SOQL ignores letter case: a ref in other letters, in another query, must not bring somebody's rows a second time. */
function askedFor(request: { rows: readonly SalesforceRow[]; refs: readonly string[] }): readonly SalesforceRow[] {
  const refs = new Set<unknown>(request.refs);
  return request.rows.filter((row) => refs.has(row[SUBJECT_REF_FIELD]));
}

/** Asks for the consent rows of these refs. An empty text is null to Salesforce: without the second condition nobody's rows would be everybody's. */
export function toStateQuery(refs: readonly string[]): Soql {
  const [columns, ref] = [[KEY_FIELD, ...CONSENT_STATE_FIELDS].map(fieldName), fieldName(SUBJECT_REF_FIELD)];
  return soql`SELECT ${columns} FROM ${fieldName(CONSENT_OBJECT)} WHERE ${ref} IN ${refs} AND ${ref} != null`;
}
