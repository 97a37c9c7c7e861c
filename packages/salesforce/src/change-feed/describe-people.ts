import type { Identifier } from "@volenti/core/adapter";
import { addressMode } from "../mapping/address-mode.ts";
import { fieldNameOf } from "../mapping/profile-row.ts";
import { chunkValues } from "../profile/chunk-values.ts";
import { queryTogether } from "../profile/query-together.ts";
import { fieldName, soql } from "../query/soql.ts";
import { COUNTRY_FIELD, REF_FIELD } from "../schema/names.ts";
import type { CallTerms } from "../intake/send-composite.ts";
import type { SalesforceRow } from "../transport/salesforce-session.ts";

/** What makes a change of theirs a submission. */
export interface FeedPerson {
  readonly identifiers: readonly Identifier[];
  readonly country: string | null;
}

/** By ref: how the people are known by the match keys, in their order, and where they live. Whoever has no profile record is absent. */
export async function describePeople(request: CallTerms & { refs: readonly string[] }): Promise<ReadonlyMap<string, FeedPerson>> {
  const { refs, ...terms } = request;
  const { settings } = terms.session;
  const country = settings.profile.fields.get("address.country");
  const countryField = country === undefined ? null : fieldNameOf({ field: country, mode: await addressMode(terms) });
  const ofSubmissions = `${settings.profile.individual}.${COUNTRY_FIELD}`;
  const columns = [...new Set([REF_FIELD, ofSubmissions, ...settings.matchKeys.map(({ field }) => field), ...(countryField === null ? [] : [countryField])])].map(fieldName);
  const queries = chunkValues({ values: refs, longestCount: 200 }).map(
    (chunk) => soql`SELECT ${columns} FROM ${fieldName(settings.profile.objectName)} WHERE ${fieldName(REF_FIELD)} IN ${chunk}`,
  );
  const rows = (await queryTogether({ ...terms, queries, absent: "isError" })).flat();
  return new Map(
    rows.map((row) => [
      String(row[REF_FIELD]),
      {
        identifiers: settings.matchKeys.flatMap(({ kind, field }) => {
          const value = row[field];
          return typeof value === "string" && value !== "" ? [{ kind, value }] : [];
        }),
        country: readCountry(individualOf({ row, name: settings.profile.individual })?.[COUNTRY_FIELD]) ?? (countryField === null ? null : readCountry(row[countryField])),
      },
    ]),
  );
}

function individualOf(request: { row: SalesforceRow; name: string }): SalesforceRow | null {
  const individual = request.row[request.name];
  return typeof individual === "object" && individual !== null ? (individual as SalesforceRow) : null;
}

/** A name of a country, as orgs without picklists may hold it, is none of its codes. */
function readCountry(value: unknown): string | null {
  return typeof value === "string" && /^[A-Z]{2}$/.test(value) ? value : null;
}
