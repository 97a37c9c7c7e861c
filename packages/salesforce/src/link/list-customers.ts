import type { ListedCustomerV1 } from "@volenti/core/adapter";
import { addressMode } from "../mapping/address-mode.ts";
import { fieldNameOf } from "../mapping/profile-row.ts";
import { fieldName, joinSoql, soql, type Soql } from "../query/soql.ts";
import { REF_FIELD } from "../schema/names.ts";
import type { Settings } from "../settings.ts";
import type { SalesforceRow, SalesforceSession } from "../transport/salesforce-session.ts";

const OPERATION = "linking.listCustomers";
const ROWS_A_PAGE = 2000;

/**
 * Pages by record id, which grows with age and never changes: a place in the list outlives the session, unlike the
 * cursor of a query. A query does not see what was deleted or merged into another.
 */
export async function* listCustomers(request: {
  session: SalesforceSession;
  cursor: string | null;
  signal: AbortSignal | undefined;
}): AsyncGenerator<ListedCustomerV1, void, undefined> {
  const { session, signal } = request;
  const { settings } = session;
  const countryField = await findCountryField(session);
  let { cursor } = request;
  for (;;) {
    const page: ListedCustomerV1[] = [];
    const query = pageQuery({ settings, countryField, cursor });
    for await (const row of session.query({ soql: query, operation: OPERATION, signal })) {
      page.push(readCustomer({ row, settings, countryField }));
    }
    yield* page;
    const last = page.at(-1);
    if (last === undefined || page.length < ROWS_A_PAGE) return;
    cursor = last.cursor;
  }
}

/** Null where the brand keeps no country in the org. */
async function findCountryField(session: SalesforceSession): Promise<string | null> {
  const field = session.settings.profile.fields.get("address.country");
  return field === undefined ? null : fieldNameOf({ field, mode: await addressMode({ session, operation: OPERATION }) });
}

function pageQuery(request: { settings: Settings; countryField: string | null; cursor: string | null }): Soql {
  const { settings, countryField, cursor } = request;
  const { objectName, kind } = settings.profile;
  const fields = ["Id", REF_FIELD, ...settings.matchKeys.map(({ field }) => field), ...(countryField === null ? [] : [countryField])];
  const conditions = [
    ...(kind === "PersonAccount" ? [soql`IsPersonAccount = true`] : []),
    ...(cursor === null ? [] : [soql`Id > ${cursor}`]),
  ];
  const where = conditions.length === 0 ? soql`` : soql` WHERE ${joinSoql({ parts: conditions, separator: " AND " })}`;
  return soql`SELECT ${[...new Set(fields)].map(fieldName)} FROM ${fieldName(objectName)}${where} ORDER BY Id LIMIT ${ROWS_A_PAGE}`;
}

function readCustomer(request: { row: SalesforceRow; settings: Settings; countryField: string | null }): ListedCustomerV1 {
  const { row, settings, countryField } = request;
  const customerId = textOf(row["Id"]) ?? "";
  return {
    customerId,
    subjectRef: textOf(row[REF_FIELD]),
    values: settings.matchKeys.flatMap(({ kind, field }) => {
      const value = textOf(row[field]);
      return value === null ? [] : [{ kind, value }];
    }),
    country: countryField === null ? null : textOf(row[countryField]),
    cursor: customerId,
  };
}

/** A number of the brand's own is a text to whoever types it. */
function textOf(value: unknown): string | null {
  const text = typeof value === "number" ? String(value) : value;
  return typeof text === "string" && text !== "" ? text : null;
}
