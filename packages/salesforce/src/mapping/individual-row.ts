import type { JsonValue } from "@volenti/core/adapter";
import type { COUNTRY_FIELD, REF_FIELD, TEST_FIELD } from "../schema/names.ts";
import type { OrgRow } from "./org-row.ts";

/** Written out, and not computed from the names: an engine makes and prints such rows in half the time. The compiler compares them. */
type IndividualRow = Readonly<Record<typeof REF_FIELD | typeof TEST_FIELD | typeof COUNTRY_FIELD, JsonValue>> & {
  readonly attributes: { readonly type: "Individual" };
};

/** An Individual bears a label, never a name; one that was there before keeps its own. */
export function toIndividualRow(request: { ref: string; isTest: boolean; country: string; isThere: boolean }): OrgRow {
  const { ref, isTest, country, isThere } = request;
  const row: OrgRow = { attributes: { type: "Individual" }, VolentiRef__c: ref, VolentiTest__c: isTest, VolentiCountry__c: country } satisfies IndividualRow;
  if (!isThere) row["LastName"] = `Customer ${ref.slice(0, 8)}`;
  return row;
}
