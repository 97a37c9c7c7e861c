import { textAt, type DataRecord } from "../contract/data-value.ts";
import type { Customer } from "../customers/customer-store.ts";
import type { Folder } from "../folder.ts";
import { BusinessRefusedError } from "./business-refused-error.ts";

const UNIQUE = ["Barcode", "CpfCnpjCode", "MunicipalRegistration", "RegionalRegistration"];
const PHONES = ["PhoneData.CellularPhoneNumber", "PhoneData.HomePhoneNumber", "PhoneData.OfficePhoneNumber", "PhoneData.AlternativePhoneNumber"];

/** Throws a `BusinessRefusedError` where another customer has what only one may have. */
export function checkUnique(request: { folder: Folder; record: DataRecord; customerId: string }): void {
  const { folder, record, customerId } = request;
  const isOther = (other: Customer): boolean => other.customerId !== customerId && other.mergedInto === null;
  for (const path of UNIQUE) {
    const text = textAt({ record, path });
    if (text === "") continue;
    const isTaken = folder.customers.candidates({ path, text }).some((other) => isOther(other) && textAt({ record: other.values, path }) === text);
    if (isTaken) throw new BusinessRefusedError({ rule: "notUnique", members: [path], sent: text });
  }
  const phones = folder.behaviour.duplicatePhones === "fault" ? listPhones(record) : [];
  if (phones.length === 0) return;
  const shared = folder.customers.all().filter(isOther).flatMap(({ values }) => listPhones(values)).find((phone) => phones.includes(phone));
  if (shared !== undefined) throw new BusinessRefusedError({ rule: "alreadyExists", members: ["PhoneData"], sent: shared });
}

function listPhones(record: DataRecord): readonly string[] {
  return PHONES.map((path) => textAt({ record, path }).replaceAll(/\D/g, "")).filter((digits) => digits !== "");
}
