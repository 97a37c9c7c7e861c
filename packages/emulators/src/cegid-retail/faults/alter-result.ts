import { isRecord, textAt, type DataRecord, type DataValue } from "../contract/data-value.ts";
import { isVisible } from "../customers/find-visible.ts";
import type { Folder } from "../folder.ts";
import { fillResult } from "../operations/search-customers.ts";
import type { CegidRetailFault } from "./cegid-retail-fault.ts";

/** The result of an operation as the fault has it; as it is for faults of another kind. */
export function alterResult(request: { fault: CegidRetailFault; folder: Folder; result: DataValue }): DataValue {
  const { fault, folder, result } = request;
  if (fault.kind === "singleElementArrays") return shorten(result);
  if (fault.kind !== "strangers" || !Array.isArray(result)) return result;
  const found = (result as readonly DataValue[]).filter((item) => isRecord(item));
  return [...listStrangers({ folder, found }), ...(fault.areAlone === true ? [] : found)];
}

function listStrangers(request: { folder: Folder; found: readonly DataRecord[] }): readonly DataRecord[] {
  const { folder, found } = request;
  const asked = new Set(found.map((record) => textAt({ record, path: "CustomerId" })));
  return folder.customers
    .all()
    .filter((customer) => isVisible({ folder, customer }) && !asked.has(customer.customerId))
    .slice(0, 2)
    .map((customer) => fillResult({ folder, customer }));
}

function shorten(value: DataValue): DataValue {
  if (Array.isArray(value)) return (value as readonly DataValue[]).slice(0, 1).map(shorten);
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, shorten(member)]));
}
