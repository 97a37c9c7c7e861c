import { isRecord, textAt, type DataRecord, type DataValue } from "../contract/data-value.ts";
import type { Folder } from "../folder.ts";
import { findCountry } from "../rules/find-country.ts";

/** What a customer must have at a path. */
export interface Criterion {
  readonly path: string;
  readonly value: DataValue;
}

/** Settled apart, or no criterion at all. */
const NO_CRITERIA: ReadonlySet<string> = new Set(["MaxNumberOfCustomers", "CustomerReference", "IsCustomer", "NationalityData", "LastModificationDate"]);

/** The criteria that were asked for: members that arrived and are not empty. */
export function listCriteria(request: { folder: Folder; searchData: DataRecord }): readonly Criterion[] {
  const { folder, searchData } = request;
  const { IsCustomer: isCustomer, NationalityData: nationality } = searchData;
  return [
    ...listPlain({ folder, record: searchData, prefix: "" }),
    ...(typeof isCustomer === "boolean" ? [{ path: "IsProspect", value: !isCustomer }] : []),
    ...(isRecord(nationality) ? listNationality({ folder, nationality }) : []),
  ];
}

function listPlain(request: { folder: Folder; record: DataRecord; prefix: string }): readonly Criterion[] {
  const { folder, record, prefix } = request;
  return Object.entries(record).flatMap(([name, value]): readonly Criterion[] => {
    const path = `${prefix}${name}`;
    if (NO_CRITERIA.has(path) || value === null || value === "" || (typeof value === "number" && value === 0)) return [];
    if (isRecord(value)) return listPlain({ folder, record: value, prefix: `${path}.` });
    if (path === "AddressData.CountryIdType") return [];
    if (path === "AddressData.CountryId") return [{ path, value: toOwnCode({ folder, address: record }) }];
    return [{ path, value }];
  });
}

function toOwnCode(request: { folder: Folder; address: DataRecord }): string {
  const { folder, address } = request;
  const id = textAt({ record: address, path: "CountryId" });
  if (folder.behaviour.countryOnRead === "asWritten") return id;
  const country = findCountry({ tables: folder.tables, id, type: textAt({ record: address, path: "CountryIdType" }) });
  return country?.id ?? id;
}

function listNationality(request: { folder: Folder; nationality: DataRecord }): readonly Criterion[] {
  const { folder, nationality } = request;
  const types: Readonly<Record<string, string>> = { Id: "Internal", ISO2: "ISO2", ISO3: "ISO3", ISO3Num: "ISO3Numeric" };
  return Object.entries(types)
    .map(([name, type]) => ({ id: textAt({ record: nationality, path: name }), type }))
    .filter(({ id }) => id !== "")
    .map(({ id, type }) => ({ path: "NationalityId", value: findCountry({ tables: folder.tables, id, type })?.id ?? id }));
}
