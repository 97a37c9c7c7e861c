import type { CallTerms } from "../intake/send-composite.ts";
import { queryTogether } from "../profile/query-together.ts";
import { fieldName, soql, type Soql } from "../query/soql.ts";
import { REF_FIELD } from "../schema/names.ts";
import type { SalesforceRow, SalesforceSession } from "../transport/salesforce-session.ts";
import type { OptOut } from "./opt-out.ts";

/** By session, the channels whose flag the org hides from our user: asked for once, and then no more. */
const HIDDEN = new WeakMap<SalesforceSession, ReadonlySet<string>>();

/** What asks for the flags of these people, to be sent with other queries; empty where there are no flags to be seen. */
export function optOutQueries(request: { session: SalesforceSession; refs: readonly string[] }): readonly Soql[] {
  const { session, refs } = request;
  const channels = [...session.settings.optOutFlags.keys()].filter((channel) => HIDDEN.get(session)?.has(channel) !== true);
  return channels.length === 0 ? [] : [toQuery({ session, refs, channels })];
}

/**
 * By ref, the flags that are set, from the answers to {@link optOutQueries}. A null among them: the org hides some flag.
 * Then each is asked for alone, so that one that is hidden does not hide the others; what nobody may see says nothing.
 */
export async function readOptOuts(
  request: CallTerms & { refs: readonly string[]; answers: readonly (readonly SalesforceRow[] | null)[] },
): Promise<ReadonlyMap<unknown, readonly OptOut[]>> {
  const { answers, ...terms } = request;
  const seen = answers.includes(null) ? await askOneByOne(terms) : answers;
  const rows = Map.groupBy(seen.flatMap((answer) => answer ?? []), (row) => row[REF_FIELD]);
  return new Map([...rows].map(([ref, own]) => [ref, own.flatMap((row) => toOptOuts({ row, session: terms.session }))] as const));
}

async function askOneByOne(request: CallTerms & { refs: readonly string[] }): Promise<readonly (readonly SalesforceRow[] | null)[]> {
  const { refs, ...terms } = request;
  const { session } = terms;
  const channels = [...session.settings.optOutFlags.keys()];
  const queries = channels.map((channel) => toQuery({ session, refs, channels: [channel] }));
  const answers = await queryTogether({ ...terms, queries, absent: "isNull" });
  HIDDEN.set(session, new Set(channels.filter((_, index) => answers[index] === null)));
  return answers;
}

/** An empty text is null to Salesforce: without the second condition nobody's record would be everybody's. */
function toQuery(request: { session: SalesforceSession; refs: readonly string[]; channels: readonly string[] }): Soql {
  const { session, refs, channels } = request;
  const { profile, optOutFlags } = session.settings;
  const flags = channels.flatMap((channel) => optOutFlags.get(channel) ?? []);
  const columns = [...new Set([REF_FIELD, ...flags.flatMap(({ field, stampField }) => [field, stampField])])].map(fieldName);
  return soql`SELECT ${columns} FROM ${fieldName(profile.objectName)} WHERE ${fieldName(REF_FIELD)} IN ${refs} AND ${fieldName(REF_FIELD)} != null`;
}

function toOptOuts(request: { row: SalesforceRow; session: SalesforceSession }): readonly OptOut[] {
  const { row, session } = request;
  return [...session.settings.optOutFlags].flatMap(([channel, { field, stampField }]) => {
    const stamp = row[stampField];
    return row[field] === true ? [{ channel, stamp: typeof stamp === "number" ? stamp : null }] : [];
  });
}
