import type { Access } from "../access/access.ts";
import type { ObjectSchema } from "../schema/org-schema.ts";
import type { Org } from "../store/org.ts";
import { idOf, type StoredRow } from "../store/stored-row.ts";
import type { RowError } from "./row-error.ts";

const RULE = "Contact_Email_Rule";

/** The rule on `Contact.Email`: an alert lets through who says `allowSave=true`, a block nobody. */
export function checkDuplicateRule(request: {
  org: Org;
  object: ObjectSchema;
  access: Access;
  row: StoredRow;
  prior: StoredRow | null;
}): RowError | null {
  const { org, object, access, row, prior } = request;
  const { duplicateRule } = org.settings;
  const email = row["Email"];
  if (duplicateRule === "off" || object.name !== "Contact" || typeof email !== "string" || email === prior?.["Email"]) return null;
  if (duplicateRule === "alert" && access.allowsDuplicates) return null;
  const ids = [...org.table("Contact").lookup({ fieldName: "Email", value: email })].filter((id) => id !== idOf(row));
  if (ids.length === 0) return null;
  return {
    statusCode: "DUPLICATES_DETECTED",
    message: "Use one of these records?",
    fields: [],
    duplicateResult: describeDuplicates({ ids, allowSave: duplicateRule === "alert", apiVersion: access.apiVersion }),
  };
}

function describeDuplicates(request: { ids: readonly string[]; allowSave: boolean; apiVersion: number }): unknown {
  const { ids, allowSave, apiVersion } = request;
  const matchRecords = ids.map((id) => ({
    additionalInformation: [],
    fieldDiffs: [],
    matchConfidence: 100,
    record: { attributes: { type: "Contact", url: `/services/data/v${apiVersion}.0/sobjects/Contact/${id}` }, Id: id },
  }));
  const match = { entityType: "Contact", errors: [], matchEngine: "ExactMatchEngine", matchRecords, rule: RULE, size: ids.length, success: true };
  return { allowSave, duplicateRule: RULE, duplicateRuleEntityType: "Contact", errorMessage: "Use one of these records?", matchResults: [match] };
}
