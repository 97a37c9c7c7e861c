import { OPT_IN_FIELDS } from "../mapping/opt-in-set.ts";
import { readUserSlot, type UserValue } from "../mapping/user-slot.ts";
import type { CustomerQueryData } from "../soap/data-contract.ts";
import type { Settings } from "../settings.ts";
import { readPersonalValues, toBlankWrites } from "./personal-members.ts";

/**
 * Whether a record is what an erasure leaves: closed, every opt-in refused, nothing of a person in it. Such a record holds
 * nobody, though its id may still be that of a ref. Where the anonymisation service is used a last name may stand in it,
 * as only that service knows what it puts there.
 */
export function isErased(request: { settings: Settings; stored: CustomerQueryData }): boolean {
  const { settings: { profile, anonymisation }, stored } = request;
  if (stored.Closed !== true || !OPT_IN_FIELDS.every((field) => stored[field] === "DoNotUse")) return false;
  const isFilled = toBlankWrites(stored).some(({ slot }) => isText(readUserSlot({ stored, slot })));
  const left = [...readPersonalValues({ stored, ...profile }).keys()];
  return !isFilled && left.every((path) => anonymisation !== null && path === "LastName");
}

/** A boolean has no other way of being empty than false, and a number none than 0. */
function isText(value: UserValue): boolean {
  return typeof value === "string" && !/^-?0+(?:\.0+)?$/.test(value);
}
