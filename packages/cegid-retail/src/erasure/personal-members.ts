import type { CustomerInputData, CustomerQueryData } from "../soap/data-contract.ts";
import type { UserSlot, UserWrite } from "../mapping/user-slot.ts";

/** Texts that tell who somebody is, or where. Codes of the shop's own (price list, salesperson, currency) tell neither. */
const PERSONAL_TEXTS = [
  "ActivityCode",
  "AlternateFirstName",
  "AlternateLastName",
  "Barcode",
  "CompanyIdNumber",
  "CpfCnpjCode",
  "FirstName",
  "FiscalId",
  "ItalianFiscalId",
  "LongDescription",
  "MunicipalRegistration",
  "NationalityId",
  "Notepad",
  "PassportNumber",
  "RegionalRegistration",
  "Sex",
  "ShortName",
  "TitleId",
] as const;

const PERSONAL_NESTED = {
  AddressData: ["AddressLine1", "AddressLine2", "AddressLine3", "BrandName", "City", "CountryId", "RegionId", "ZipCode"],
  EmailData: ["AlternativeEmail", "Email"],
  PhoneData: ["AlternativePhoneNumber", "CellularPhoneNumber", "HomePhoneNumber", "OfficePhoneNumber"],
} as const;

/** By which somebody is known: what an anonymisation that worked cannot have left as it was. */
const IDENTIFYING: ReadonlySet<string> = new Set([
  "FirstName",
  "LastName",
  "AlternateFirstName",
  "AlternateLastName",
  "PassportNumber",
  "FiscalId",
  "ItalianFiscalId",
  "CpfCnpjCode",
  "EmailData.Email",
  "EmailData.AlternativeEmail",
  "AddressData.AddressLine1",
  "BirthDateData",
  ...PERSONAL_NESTED.PhoneData.map((name) => `PhoneData.${name}`),
]);

const NO_BIRTHDAY = { BirthDateDay: 1, BirthDateMonth: 1, BirthDateYear: 1900 };

/** A record's texts of a person by path, and its birthday; empty ones are left out, and so is the placeholder of the name. */
export function readPersonalValues(request: { stored: CustomerQueryData; placeholderLastName: string }): ReadonlyMap<string, string> {
  const { stored, placeholderLastName } = request;
  const values = [
    ["LastName", stored.LastName === placeholderLastName ? "" : stored.LastName] as const,
    ...PERSONAL_TEXTS.map((name) => [name, stored[name]] as const),
    ...PERSONAL_NESTED.AddressData.map((name) => [`AddressData.${name}`, stored.AddressData?.[name]] as const),
    ...PERSONAL_NESTED.EmailData.map((name) => [`EmailData.${name}`, stored.EmailData?.[name]] as const),
    ...PERSONAL_NESTED.PhoneData.map((name) => [`PhoneData.${name}`, stored.PhoneData?.[name]] as const),
    ["BirthDateData", birthdayOf(stored)] as const,
  ];
  return new Map(values.flatMap(([path, value]) => (typeof value === "string" && value !== "" ? [[path, value] as const] : [])));
}

/** Names of the members, by which somebody is known, that hold after it what they held before. */
export function listIdentifyingLeft(request: { before: ReadonlyMap<string, string>; after: ReadonlyMap<string, string> }): readonly string[] {
  const { before, after } = request;
  return [...before].flatMap(([path, value]) => (IDENTIFYING.has(path) && after.get(path) === value ? [path] : []));
}

/** Empties all of it: texts, birthday, the placeholder for the name. Country codes go without their type, which says nothing then. */
export function toBlankMembers(request: { placeholderLastName: string }): CustomerInputData {
  const blank = <Name extends string>(names: readonly Name[]): Partial<Record<Name, string>> =>
    Object.fromEntries(names.map((name) => [name, ""])) as Partial<Record<Name, string>>;
  return {
    ...blank(PERSONAL_TEXTS),
    LastName: request.placeholderLastName,
    AddressData: blank(PERSONAL_NESTED.AddressData),
    EmailData: { ...blank(PERSONAL_NESTED.EmailData), EmailingAccepted: false, SendReceiptByMail: false },
    PhoneData: blank(PERSONAL_NESTED.PhoneData),
    BirthDateData: NO_BIRTHDAY,
  };
}

/** Empties every user-defined text, date, number and code that the record has, whoever wrote it; booleans become false. */
export function toBlankWrites(stored: CustomerQueryData): readonly UserWrite[] {
  const slots: readonly UserSlot[] = [
    ...(stored.UserDefinedTexts ?? []).flatMap(({ Id: id }) => (id ? [{ kind: "userDefinedText", id } as const] : [])),
    ...(stored.UserDefinedDates ?? []).flatMap(({ Id: id }) => (id ? [{ kind: "userDefinedDate", id } as const] : [])),
    ...(stored.UserDefinedBooleans ?? []).flatMap(({ Id: id }) => (id ? [{ kind: "userDefinedBoolean", id } as const] : [])),
    ...(stored.UserDefinedValues ?? []).flatMap(({ Id: id }) => (id ? [{ kind: "userDefinedValue", id } as const] : [])),
    ...Object.entries(stored.UserDefinedData ?? {}).flatMap(([name, code]) => (code ? [{ kind: "userDefinedTable", id: Number(name.replaceAll(/\D/g, "")) } as const] : [])),
    ...(stored.UserFields ?? []).flatMap(({ Id: id, ValueType: type }) => (typeof id === "number" && type ? [{ kind: "userField", id, valueKind: VALUE_KINDS[type] } as const] : [])),
  ];
  return slots.map((slot) => ({ slot, value: null }));
}

const VALUE_KINDS = {
  BooleanValueKind: "boolean",
  TextValueKind: "text",
  DateValueKind: "date",
  ListElementValueKind: "listElement",
  NumberValueKind: "number",
} as const;

function birthdayOf({ BirthDateData: data }: CustomerQueryData): string {
  const { BirthDateDay: day, BirthDateMonth: month, BirthDateYear: year } = data ?? {};
  if (!day || !month) return "";
  return day === 1 && month === 1 && (year ?? 0) <= NO_BIRTHDAY.BirthDateYear ? "" : `${year ?? 0}-${month}-${day}`;
}
