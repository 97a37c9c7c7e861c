import { isRecord, textAt, valueAt, type DataRecord, type DataValue } from "../contract/data-value.ts";
import type { Customer } from "../customers/customer-store.ts";
import { isVisible } from "../customers/find-visible.ts";
import type { Folder } from "../folder.ts";
import { BusinessRefusedError } from "../rules/business-refused-error.ts";
import { listCriteria, type Criterion } from "./list-criteria.ts";

/** How many are found where nobody said how many. */
const USUAL_LIMIT = 100;

/** Customers that meet every criterion, oldest first; where none is left, whoever comes first. Throws a `BusinessRefusedError`. */
export function searchCustomers(request: { folder: Folder; operands: DataRecord }): readonly DataRecord[] {
  const { folder, operands } = request;
  const searchData = isRecord(operands["searchData"]) ? operands["searchData"] : {};
  const criteria = listCriteria({ folder, searchData });
  const asked = Number(searchData["MaxNumberOfCustomers"] ?? 0);
  const found = listCandidates({ folder, criteria })
    .filter((customer) => isVisible({ folder, customer }) && isFound({ folder, customer, searchData }) && meetsAll({ folder, customer, criteria }))
    .slice(0, asked > 0 ? asked : USUAL_LIMIT);
  if (found.length === 0 && folder.behaviour.nothingFound === "fault") throw new BusinessRefusedError({ rule: "nothingFound" });
  return found.map((customer) => fillResult({ folder, customer }));
}

/** Everybody, unless a criterion narrows them down beforehand. */
function listCandidates(request: { folder: Folder; criteria: readonly Criterion[] }): readonly Customer[] {
  const { folder: { customers, behaviour }, criteria } = request;
  if (behaviour.searchMatch === "prefix") return customers.all();
  const [criterion] = criteria.flatMap(({ path, value }) => (typeof value === "string" ? [{ path, text: value }] : []));
  return criterion === undefined ? customers.all() : customers.candidates(criterion);
}

/** The result as a search fills it; what it leaves out reads as blank. */
export function fillResult(request: { folder: Folder; customer: Customer }): DataRecord {
  const { folder: { behaviour: { searchResultFields } }, customer: { values } } = request;
  if (searchResultFields === "all") return values;
  return Object.fromEntries(Object.entries(values).filter(([name]) => name === "CustomerId" || searchResultFields.includes(name)));
}

/** The criteria that are more than a comparison of one member. */
function isFound(request: { folder: Folder; customer: Customer; searchData: DataRecord }): boolean {
  const { folder: { behaviour }, customer, searchData } = request;
  const isClosed = customer.values["Closed"] === true;
  if (isClosed && behaviour.closedInSearch === "left out" && searchData["Closed"] !== true) return false;
  const since = textAt({ record: searchData, path: "LastModificationDate" });
  if (since !== "" && behaviour.modificationCriterion === "since" && textAt({ record: customer.values, path: "LastModificationDate" }) < since) return false;
  const reference = textAt({ record: searchData, path: "CustomerReference" });
  if (reference === "") return true;
  const isOwn = behaviour.customerReference !== "customerId" && customer.externalReference === reference;
  return isOwn || (behaviour.customerReference !== "externalReference" && customer.customerId === reference);
}

function meetsAll(request: { folder: Folder; customer: Customer; criteria: readonly Criterion[] }): boolean {
  const { folder, customer, criteria } = request;
  return criteria.every(({ path, value }) => meets({ folder, wanted: value, stored: valueAt({ record: customer.values, path }) }));
}

function meets(request: { folder: Folder; wanted: DataValue; stored: DataValue | undefined }): boolean {
  const { folder, wanted, stored } = request;
  if (typeof wanted === "string" && typeof stored === "string") return matches({ folder, wanted, stored });
  if (!Array.isArray(wanted)) return wanted === stored;
  const items = (Array.isArray(stored) ? (stored as readonly DataValue[]) : []).filter((item) => isRecord(item));
  return (wanted as readonly DataValue[]).filter((item) => isRecord(item)).every((item) => items.some((other) => other["Id"] === item["Id"] && other["Value"] === item["Value"]));
}

function matches(request: { folder: Folder; wanted: string; stored: string }): boolean {
  const { folder: { behaviour: { searchMatch } }, wanted, stored } = request;
  if (searchMatch === "exact") return stored === wanted;
  const [upperStored, upperWanted] = [stored.toUpperCase(), wanted.toUpperCase()];
  return searchMatch === "prefix" ? upperStored.startsWith(upperWanted) : upperStored === upperWanted;
}
