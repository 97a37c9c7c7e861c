import type { FieldSchema, ObjectSchema } from "./org-schema.ts";

const ADDRESS_PARTS: ReadonlySet<string> = new Set([
  "Street", "City", "State", "StateCode", "PostalCode", "Country", "CountryCode", "Latitude", "Longitude", "GeocodeAccuracy",
]);
/** Tells most fields apart at once: this is asked of every field at every call. */
const ENDS_AS_PART = /(?:Street|City|State|Code|Country|Latitude|Longitude|Accuracy)$/;
const NAME_PARTS: ReadonlySet<string> = new Set(["FirstName", "MiddleName", "LastName", "Suffix", "Salutation"]);

/** The compound address that a field is a part of, such as `MailingAddress` of `MailingStreet`; undefined for other fields. */
export function addressOf(request: { object: ObjectSchema; field: FieldSchema }): FieldSchema | undefined {
  const { object, field } = request;
  if (field.isCustom || !ENDS_AS_PART.test(field.name)) return undefined;
  for (const compound of object.fields.values()) {
    if (compound.type === "address" && isPart({ compound, field })) return compound;
  }
  return undefined;
}

/** The parts of a compound address that the object has; empty for other fields. */
export function partsOfAddress(request: { object: ObjectSchema; compound: FieldSchema }): readonly FieldSchema[] {
  const { object, compound } = request;
  return compound.type === "address" ? [...object.fields.values()].filter((field) => isPart({ compound, field })) : [];
}

function isPart(request: { compound: FieldSchema; field: FieldSchema }): boolean {
  const { compound, field } = request;
  const prefix = compound.name.slice(0, -"Address".length);
  return !field.isCustom && field.name.startsWith(prefix) && ADDRESS_PARTS.has(field.name.slice(prefix.length));
}

/** Whether the field is a part of a person's compound `Name`. */
export function isPartOfName(request: { object: ObjectSchema; field: FieldSchema }): boolean {
  const { object, field } = request;
  return !field.isCustom && NAME_PARTS.has(field.name) && object.fields.has("LastName");
}
