import { ConnectorError, type Identifier } from "@volenti/core/adapter";
import { fieldName, joinSoql, soql, type Soql } from "../query/soql.ts";
import { REF_FIELD } from "../schema/names.ts";
import type { Settings } from "../settings.ts";
import { CONNECTOR_ID, type SalesforceRow } from "../transport/salesforce-session.ts";
import { isSameIdentifier } from "./same-identifier.ts";

interface Search {
  readonly settings: Settings;
  readonly identifier: Identifier;
  /** The contract's member on whose behalf is asked. */
  readonly operation: string;
}

/**
 * Asks for the profile records that one of the kind's match keys names, whether or not they are linked, with these columns
 * beside what {@link tellMatch} needs. A kind that no field holds is `unsupported`: "nobody" would be a guess.
 */
export function toMatchQuery(request: Search & { columns: readonly string[] }): Soql {
  const { settings, identifier, columns } = request;
  const { objectName, kind } = settings.profile;
  const keys = keyFields(request);
  const named = joinSoql({ parts: keys.map((field) => soql`${fieldName(field)} = ${identifier.value}`), separator: " OR " });
  const person = kind === "PersonAccount" ? soql` AND IsPersonAccount = true` : soql``;
  return soql`SELECT ${[...new Set(["Id", REF_FIELD, ...keys, ...columns])].map(fieldName)} FROM ${fieldName(objectName)} WHERE (${named})${person}`;
}

/**
 * The one linked record that the identifier names; null where the org has nobody. Several are a `conflict`, one that bears no
 * ref of ours is `unlinked`: each names the records by the org's own ids. SOQL compares more loosely than identifiers do.
 */
export function tellMatch(request: Search & { rows: readonly SalesforceRow[] }): SalesforceRow | null {
  const { identifier: { kind, value }, operation, rows } = request;
  const keys = keyFields(request);
  const matches = rows.filter((row) => keys.some((field) => isSameIdentifier({ kind, stored: row[field], value })));
  const [only, ...others] = matches;
  if (only === undefined) return null;
  const isLinked = typeof only[REF_FIELD] === "string" && only[REF_FIELD] !== "";
  if (others.length === 0 && isLinked) return only;
  const code = others.length > 0 ? "conflict" : "unlinked";
  throw new ConnectorError({ code, connectorId: CONNECTOR_ID, operation, recordIds: matches.map((row) => String(row["Id"])) });
}

function keyFields(request: Search): readonly string[] {
  const { settings, identifier, operation } = request;
  const fields = settings.matchKeys.filter(({ kind }) => kind === identifier.kind).map(({ field }) => field);
  if (fields.length > 0) return fields;
  throw new ConnectorError({ code: "unsupported", connectorId: CONNECTOR_ID, operation, fieldNames: ["identifier.kind"] });
}
