import { canonicalise, ConnectorError, type SubjectWriteV1 } from "@volenti/core/adapter";
import { CONNECTOR_ID } from "../transport/memory-session.ts";

/** Throws `invalidInput`, with the names of the fields, on an item that must not be stored. */
export function checkItem(item: SubjectWriteV1): void {
  const fieldNames = Object.entries(item.profile ?? {}).flatMap(([name, change]) =>
    isPlainJson(change.value) ? [] : [name],
  );
  if (item.decisions.some(({ record }) => record.subject !== item.subject.ref)) fieldNames.push("decisions");
  if (fieldNames.length === 0) return;
  throw new ConnectorError({ code: "invalidInput", connectorId: CONNECTOR_ID, operation: "intake.write", fieldNames });
}

/** A lone surrogate or a Date would come back as something else from any store of JSON. */
function isPlainJson(value: unknown): boolean {
  try {
    canonicalise(value);
    return true;
  } catch {
    return false;
  }
}
