import { textAt, type DataRecord } from "../contract/data-value.ts";
import type { Folder } from "../folder.ts";
import type { FolderTables } from "../folder-tables.ts";
import { BusinessRefusedError } from "./business-refused-error.ts";
import { findCountry } from "./find-country.ts";

const SALESPEOPLE = ["SalesPersonId", "SalesPerson2Id", "SalesPerson3Id"];
const USER_DEFINED_TABLES = Array.from({ length: 10 }, (_unused, index) => index);

/** Every code that the record names must be in its table. Throws a `BusinessRefusedError`. */
export function checkTables(request: { folder: Folder; record: DataRecord }): void {
  const { folder: { tables }, record } = request;
  for (const { path, codes } of listCoded(tables)) {
    const code = textAt({ record, path });
    if (code !== "" && !codes.includes(code)) throw new BusinessRefusedError({ rule: "notInTable", members: [path], sent: code });
  }
  const country = { id: textAt({ record, path: "AddressData.CountryId" }), type: textAt({ record, path: "AddressData.CountryIdType" }) };
  if (country.id !== "" && findCountry({ tables, ...country }) === undefined) {
    throw new BusinessRefusedError({ rule: "notInTable", members: ["AddressData.CountryId"], sent: country.id });
  }
}

function listCoded(tables: FolderTables): readonly { path: string; codes: readonly string[] }[] {
  return [
    { path: "UsualStoreId", codes: tables.stores },
    { path: "TitleId", codes: tables.titles },
    { path: "LanguageId", codes: tables.languages },
    { path: "Sex", codes: tables.sexes },
    { path: "NationalityId", codes: tables.countries.map(({ id }) => id) },
    ...SALESPEOPLE.map((path) => ({ path, codes: tables.salespeople })),
    ...USER_DEFINED_TABLES.map((index) => ({ path: `UserDefinedData.UserDefinedTable${index}Value`, codes: tables.userDefined[index] ?? [] })),
  ];
}
