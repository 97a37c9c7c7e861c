import type { MemberPath } from "../soap/data-contract.ts";
import type { UserSlot } from "./user-slot.ts";

/** A text member, its own or of a nested class (`EmailData.Email`). */
export type TextPath = MemberPath<"CustomerInputData">;

/** Where an attribute lies in a customer record. */
export type ProfileTarget =
  | { readonly kind: "text"; readonly path: TextPath }
  | { readonly kind: "birthdate" | "gender" | "locale" | "street" | "country" }
  | { readonly kind: "user"; readonly slot: UserSlot };

/**
 * Regions have none: `RegionId` is a code of the tenant's, and one that does not exist fails the whole record. A tenant whose
 * codes are those of its forms maps `address.region` to `AddressData.RegionId`.
 */
export const STANDARD_TARGETS: Readonly<Record<string, ProfileTarget>> = {
  givenName: { kind: "text", path: "FirstName" },
  familyName: { kind: "text", path: "LastName" },
  email: { kind: "text", path: "EmailData.Email" },
  phoneNumber: { kind: "text", path: "PhoneData.CellularPhoneNumber" },
  birthdate: { kind: "birthdate" },
  gender: { kind: "gender" },
  locale: { kind: "locale" },
  "address.streetAddress": { kind: "street" },
  "address.locality": { kind: "text", path: "AddressData.City" },
  "address.postalCode": { kind: "text", path: "AddressData.ZipCode" },
  "address.country": { kind: "country" },
};

/** UTF-16 units, of Cegid's manual and its import example; first names are taken to be as long as last names. */
const LONGEST: Readonly<Record<string, number>> = {
  Barcode: 17,
  ShortName: 17,
  FirstName: 35,
  LastName: 35,
  AlternateFirstName: 35,
  AlternateLastName: 35,
  "AddressData.AddressLine1": 70,
  "AddressData.AddressLine2": 70,
  "AddressData.AddressLine3": 70,
  "AddressData.City": 70,
  "AddressData.ZipCode": 70,
};

/** Of a user-defined text, until a tenant was asked. */
export const LONGEST_USER_TEXT = 35;

/** Null where nobody knows: the server is then the one to say. */
export function longestOf(path: TextPath): number | null {
  return LONGEST[path] ?? null;
}
