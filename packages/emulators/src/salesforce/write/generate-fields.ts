import { formatAutoNumber } from "../schema/auto-number.ts";
import type { ObjectSchema } from "../schema/org-schema.ts";
import type { Org } from "../store/org.ts";
import { idOf, type StoredRow } from "../store/stored-row.ts";
import type { Changes } from "./read-changes.ts";

const LENGTH_OF_SHORT_ID = 15;

/** What the org gives a row at the moment of its saving: numbers, and the id as the name where a custom object's is blank. */
export function generateFields(request: { org: Org; object: ObjectSchema; row: StoredRow; isNew: boolean }): Changes {
  const { org, object, row, isNew } = request;
  const generated: Changes = {};
  if (isNew) {
    for (const field of object.fields.values()) {
      if (field.autoNumber === undefined) continue;
      const number = org.nextNumber({ object, field });
      generated[field.name] = formatAutoNumber({ displayFormat: field.autoNumber.displayFormat, number, now: org.now() });
    }
  }
  const name = object.isCustom ? object.fields.get("Name") : undefined;
  if (name !== undefined && name.autoNumber === undefined && (row["Name"] ?? null) === null) {
    generated["Name"] = idOf(row).slice(0, LENGTH_OF_SHORT_ID);
  }
  return generated;
}
