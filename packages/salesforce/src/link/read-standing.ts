import type { CustomerLinkV1 } from "@volenti/core/adapter";
import { readQueryRows, toQuerySubrequest } from "../intake/query-subrequest.ts";
import { sendComposite, type CallTerms } from "../intake/send-composite.ts";
import { fieldName, soql } from "../query/soql.ts";
import { REF_FIELD } from "../schema/names.ts";
import type { SalesforceRow } from "../transport/salesforce-session.ts";

/** What the org holds of those who are to be linked, a moment before it is written. Ids are of 18 letters, refs in lower case. */
export interface Standing {
  /** By record id. */
  readonly customers: ReadonlyMap<string, StandingCustomer>;
  /** By ref: which record carries it. */
  readonly customerOf: ReadonlyMap<string, string>;
  readonly individualOf: ReadonlyMap<string, string>;
}

export interface StandingCustomer {
  readonly ref: string | null;
  readonly individualId: string | null;
  readonly individualRef: string | null;
}

/** One call: the records by id, and whoever carries one of the refs already. */
export async function readStanding(request: { terms: CallTerms; links: readonly CustomerLinkV1[] }): Promise<Standing> {
  const { terms, links } = request;
  const { objectName, individual } = terms.session.settings.profile;
  const profile = fieldName(objectName);
  const [ref, parentId, parentRef] = [fieldName(REF_FIELD), fieldName(`${individual}Id`), fieldName(`${individual}.${REF_FIELD}`)];
  const refs = links.map(({ subjectRef }) => subjectRef);
  const queries = {
    customers: soql`SELECT Id, ${ref}, ${parentId}, ${parentRef} FROM ${profile} WHERE Id IN ${links.map(({ customerId }) => customerId)}`,
    bearers: soql`SELECT Id, ${ref} FROM ${profile} WHERE ${ref} IN ${refs}`,
    individuals: soql`SELECT Id, ${ref} FROM Individual WHERE ${ref} IN ${refs}`,
  };
  const subrequests = Object.entries(queries).map(([referenceId, query]) => toQuerySubrequest({ query, referenceId }));
  const answers = await sendComposite({ ...terms, changes: false, subrequests });
  const [customers = [], bearers = [], individuals = []] = answers.map((answer) => readQueryRows({ answer, operation: terms.operation }));
  return {
    customers: new Map(customers.map((row) => [textOf(row["Id"]) ?? "", readCustomer({ row, individual })])),
    customerOf: byRef(bearers),
    individualOf: byRef(individuals),
  };
}

function readCustomer(request: { row: SalesforceRow; individual: string }): StandingCustomer {
  const { row, individual } = request;
  const parent = row[individual];
  return {
    ref: textOf(row[REF_FIELD]),
    individualId: textOf(row[`${individual}Id`]),
    individualRef: typeof parent === "object" && parent !== null ? textOf((parent as SalesforceRow)[REF_FIELD]) : null,
  };
}

function byRef(rows: readonly SalesforceRow[]): ReadonlyMap<string, string> {
  return new Map(rows.map((row) => [(textOf(row[REF_FIELD]) ?? "").toLowerCase(), textOf(row["Id"]) ?? ""]));
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
