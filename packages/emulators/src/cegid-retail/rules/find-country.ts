import { isRecord, textAt, type DataRecord } from "../contract/data-value.ts";
import type { Folder } from "../folder.ts";
import type { FolderTables } from "../folder-tables.ts";
import { BusinessRefusedError } from "./business-refused-error.ts";
import type { CountryRow } from "./country-table.ts";

/** The country that a code stands for, read as `CountryIdType` says; the folder's own code unless it says. */
export function findCountry(request: { tables: FolderTables; id: string; type: string }): CountryRow | undefined {
  const { tables, id, type } = request;
  return tables.countries.find((row) => codeOf({ row, type }) === id);
}

function codeOf(request: { row: CountryRow; type: string }): string {
  const { row, type } = request;
  if (type === "ISO2") return row.iso2;
  if (type === "ISO3") return row.iso3;
  return type === "ISO3Numeric" ? row.isoNumeric : row.id;
}

/** The write with its country in the form in which it is kept. Throws a `BusinessRefusedError` for a country that does not exist. */
export function settleCountry(request: { folder: Folder; given: DataRecord }): DataRecord {
  const { folder, given } = request;
  const address = given["AddressData"];
  if (!isRecord(address)) return given;
  const id = textAt({ record: address, path: "CountryId" });
  const { CountryIdType: type, ...rest } = address;
  // Without a country there is nothing for the type to say.
  if (id === "") return { ...given, AddressData: rest };
  const country = findCountry({ tables: folder.tables, id, type: typeof type === "string" ? type : "" });
  if (country === undefined) throw new BusinessRefusedError({ rule: "notInTable", members: ["AddressData.CountryId"], sent: id });
  if (folder.behaviour.countryOnRead === "asWritten") return given;
  return { ...given, AddressData: { ...rest, CountryId: country.id, CountryIdType: "Internal" } };
}
