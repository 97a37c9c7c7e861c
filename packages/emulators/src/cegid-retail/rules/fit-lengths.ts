import { isRecord, type DataRecord, type DataValue } from "../contract/data-value.ts";
import type { Folder } from "../folder.ts";
import { BusinessRefusedError } from "./business-refused-error.ts";

/** Texts that are too long are cut, or refused with a `BusinessRefusedError`. Counted in UTF-16, as .NET does. */
export function fitLengths(request: { folder: Folder; record: DataRecord }): DataRecord {
  return fitRecord({ ...request, path: "" });
}

function fitRecord(request: { folder: Folder; record: DataRecord; path: string }): DataRecord {
  const { folder, record, path } = request;
  const fitted = Object.entries(record).map(([name, value]) => [name, fitValue({ folder, value, path: path === "" ? name : `${path}.${name}` })] as const);
  return Object.fromEntries(fitted);
}

function fitValue(request: { folder: Folder; value: DataValue; path: string }): DataValue {
  const { folder, value, path } = request;
  if (Array.isArray(value)) return (value as readonly DataValue[]).map((item) => fitValue({ folder, value: item, path }));
  if (isRecord(value)) return fitRecord({ folder, record: value, path });
  const longest = folder.lengths[path];
  if (typeof value !== "string" || longest === undefined || value.length <= longest) return value;
  if (folder.behaviour.tooLong === "truncate") return value.slice(0, longest);
  throw new BusinessRefusedError({ rule: "tooLong", members: [path], sent: value });
}
