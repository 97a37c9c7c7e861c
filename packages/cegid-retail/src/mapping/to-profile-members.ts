import type { JsonValue, ProfilePatch } from "@volenti/core/adapter";
import type { CustomerInputData, CustomerQueryData } from "../soap/data-contract.ts";
import type { Settings } from "../settings.ts";
import { toBirthDate } from "./birth-date.ts";
import { toCountry, toGender, toLanguage } from "./coded-values.ts";
import { holdsMembers } from "./holds-members.ts";
import { isStorableText } from "./is-storable-text.ts";
import { mergeMembers } from "./merge-members.ts";
import { longestOf, type ProfileTarget, type TextPath } from "./profile-target.ts";
import { toStreetLines } from "./street-lines.ts";
import { readAttribute } from "./to-profile.ts";
import type { UserWrite } from "./user-slot.ts";
import { toUserValue } from "./user-value.ts";

export interface ProfilePlan {
  /** The changed members of the contract; nested classes hold what changes in them and no more. */
  readonly members: CustomerInputData;
  /** The changed user-defined values. */
  readonly writes: readonly UserWrite[];
  /** By attribute; `unchanged`: the record holds this value already. */
  readonly outcomes: Readonly<Record<string, "applied" | "unchanged" | "rejected" | "notKept">>;
}

type Part = { readonly members: CustomerInputData } | { readonly write: UserWrite };

/**
 * A patch as members of a write. What Y2 cannot hold to the letter is rejected, never cut or changed; an empty text clears.
 * Without a family name a new customer gets the placeholder.
 */
export function toProfileMembers(request: { settings: Settings; patch: ProfilePatch; stored: CustomerQueryData | null }): ProfilePlan {
  const { settings, patch, stored } = request;
  const parts: Part[] = [];
  const outcomes: Record<string, "applied" | "unchanged" | "rejected" | "notKept"> = {};
  for (const [attribute, { value }] of Object.entries(patch)) {
    const target = settings.profile.targets.get(attribute);
    const part = target === undefined ? undefined : toPart({ settings, stored, attribute, target, value });
    if (target === undefined || hasNoMap({ settings, target })) outcomes[attribute] = "notKept";
    else if (part === undefined) outcomes[attribute] = "rejected";
    else if (stored === null ? value === null : holds({ settings, stored, attribute, target, value, part })) outcomes[attribute] = "unchanged";
    else {
      outcomes[attribute] = "applied";
      parts.push(part);
    }
  }
  const founding = stored === null ? [{ LastName: settings.profile.placeholderLastName, UsualStoreId: settings.usualStoreId }] : [];
  const members = mergeMembers([...founding, ...parts.flatMap((part) => ("members" in part ? [part.members] : []))]);
  return {
    members: { ...members, ...validityOf(members) },
    writes: parts.flatMap((part) => ("write" in part ? [part.write] : [])),
    outcomes,
  };
}

/** Languages, sexes and titles are codes of the tenant: without any map there is no place for them. */
function hasNoMap({ settings, target }: { settings: Settings; target: ProfileTarget }): boolean {
  const { languages, sexes, titles } = settings.profile;
  if (target.kind === "locale") return languages.size === 0;
  return target.kind === "gender" && sexes.size === 0 && titles.size === 0;
}

/** Also where it reads otherwise: a locale of a country is kept as its language, where the tenant has no code for more. */
function holds(request: { settings: Settings; stored: CustomerQueryData; attribute: string; target: ProfileTarget; value: JsonValue; part: Part }): boolean {
  const { stored, value, part } = request;
  if (readAttribute(request) === value) return true;
  return "members" in part && holdsMembers({ stored, members: part.members, whenOtherCountryCode: false });
}

/** A contact point that somebody just gave is a valid one until Y2 says otherwise: unsaid it would count as invalid. */
function validityOf(members: CustomerInputData): CustomerInputData {
  const { EmailData: emails, PhoneData: phones } = members;
  return {
    ...(typeof emails?.Email === "string" ? { ValidEmail: emails.Email !== "" } : {}),
    ...(typeof phones?.CellularPhoneNumber === "string" ? { ValidMobile: phones.CellularPhoneNumber !== "" } : {}),
  };
}

function toPart(request: {
  settings: Settings;
  stored: CustomerQueryData | null;
  attribute: string;
  target: ProfileTarget;
  value: JsonValue;
}): Part | undefined {
  const { settings: { profile }, stored, attribute, target, value } = request;
  if (target.kind === "user") {
    const written = toUserValue({ value, slot: target.slot });
    return written === undefined ? undefined : { write: { slot: target.slot, value: written } };
  }
  if (value !== null && typeof value !== "string") return undefined;
  if (target.kind === "text") {
    if (attribute === "familyName") return toFamilyName({ profile, path: target.path, value });
    return toText({ path: target.path, value });
  }
  const members = toMembers({ profile, stored, kind: target.kind, value });
  return members === undefined ? undefined : { members };
}

function toMembers(request: {
  profile: Settings["profile"];
  stored: CustomerQueryData | null;
  kind: Exclude<ProfileTarget["kind"], "text" | "user">;
  value: string | null;
}): CustomerInputData | undefined {
  const { profile, stored, kind, value } = request;
  if (kind === "gender") return toGender({ gender: value, profile, stored });
  if (kind === "locale") return toLanguage({ locale: value, profile });
  if (kind === "birthdate") {
    const BirthDateData = toBirthDate(value);
    return BirthDateData === undefined ? undefined : { BirthDateData };
  }
  const AddressData = kind === "street" ? toStreetLines(value) : toCountry({ country: value, profile });
  return AddressData === undefined ? undefined : { AddressData };
}

/** Y2 demands one: cleared, it is the placeholder, which nobody may be called. */
function toFamilyName(request: { profile: Settings["profile"]; path: TextPath; value: string | null }): Part | undefined {
  const { profile: { placeholderLastName }, path, value } = request;
  if (value === placeholderLastName) return undefined;
  return toText({ path, value: value ?? placeholderLastName });
}

function toText(request: { path: TextPath; value: string | null }): Part | undefined {
  const { path, value } = request;
  if (value !== null && !isStorableText({ text: value, longest: longestOf(path) })) return undefined;
  const [name = "", nested] = path.split(".");
  return { members: { [name]: nested === undefined ? (value ?? "") : { [nested]: value ?? "" } } };
}
