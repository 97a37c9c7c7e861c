import type { JsonValue } from "@volenti/core/adapter";
import { stampFieldOf } from "../schema/names.ts";

/** One attribute in the org: where its value lies, and where the instant of its change does. */
export interface ProfileField {
  readonly attribute: string;
  /** The field as reads name it. */
  readonly field: string;
  /** The same under state and country picklists; absent for what has no code. */
  readonly codeField?: string | undefined;
  readonly stampField: string;
  readonly type: "text" | "multiline" | "email" | "phone" | "date" | "brand";
  /** UTF-16 units; null where only the org knows. */
  readonly length: number | null;
}

type Definition = Omit<ProfileField, "attribute" | "stampField">;

/** Lengths of Contact as its describe tells them (facts of API 62.0); the brand's own fields are the org's to check. */
const CONTACT: Readonly<Record<string, Definition>> = {
  givenName: { field: "FirstName", type: "text", length: 40 },
  familyName: { field: "LastName", type: "text", length: 80 },
  email: { field: "Email", type: "email", length: 80 },
  phoneNumber: { field: "MobilePhone", type: "phone", length: 40 },
  birthdate: { field: "Birthdate", type: "date", length: null },
  gender: { field: "VolentiGender__c", type: "text", length: 64 },
  locale: { field: "VolentiLocale__c", type: "text", length: 35 },
  "address.streetAddress": { field: "MailingStreet", type: "multiline", length: 255 },
  "address.locality": { field: "MailingCity", type: "text", length: 40 },
  "address.region": { field: "MailingState", codeField: "MailingStateCode", type: "text", length: 80 },
  "address.postalCode": { field: "MailingPostalCode", type: "text", length: 20 },
  "address.country": { field: "MailingCountry", codeField: "MailingCountryCode", type: "text", length: 80 },
};

/** What a Contact's field is called on a person account. */
const ON_PERSON_ACCOUNT: ReadonlyMap<string, string> = new Map(
  ["Email", "MobilePhone", "Birthdate", "MailingStreet", "MailingCity", "MailingState", "MailingStateCode", "MailingPostalCode", "MailingCountry", "MailingCountryCode", "HasOptedOutOfEmail", "HasOptedOutOfFax", "DoNotCall", "IndividualId", "Individual"].map(
    (name) => [name, `Person${name}`],
  ),
);

/** The profile object's own name of a Contact field. */
export function profileFieldName(request: { field: string; profileObject: "Contact" | "PersonAccount" }): string {
  const { field, profileObject } = request;
  return profileObject === "Contact" ? field : (ON_PERSON_ACCOUNT.get(field) ?? field);
}

/** The attributes that are stored, by dotted name: the standard ones, changed and completed by the brand's map. */
export function resolveProfileFields(request: {
  fieldMap: Readonly<Record<string, string | null>>;
  profileObject: "Contact" | "PersonAccount";
}): ReadonlyMap<string, ProfileField> {
  const { fieldMap, profileObject } = request;
  const fields = new Map<string, ProfileField>();
  for (const [attribute, definition] of Object.entries(CONTACT)) {
    const own = (field: string): string => profileFieldName({ field, profileObject });
    const codes = definition.codeField === undefined ? {} : { codeField: own(definition.codeField) };
    fields.set(attribute, { ...definition, attribute, field: own(definition.field), ...codes, stampField: stampFieldOf(attribute) });
  }
  for (const [attribute, field] of Object.entries(fieldMap)) {
    if (field === null) fields.delete(attribute);
    else fields.set(attribute, { attribute, field, stampField: stampFieldOf(attribute), type: "brand", length: null });
  }
  return fields;
}

/** Whether a stored value is one that the brand's map may hold as it is. */
export function isPlainValue(value: JsonValue): value is string | number | boolean | null {
  return value === null || typeof value !== "object";
}
