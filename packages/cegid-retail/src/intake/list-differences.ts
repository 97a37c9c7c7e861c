import { readUserSlot, type UserSlot, type UserValue } from "../mapping/user-slot.ts";
import { toCustomerId } from "../mapping/customer-id.ts";
import { holdsMembers } from "../mapping/holds-members.ts";
import { OPT_IN_FIELDS, readOptInSet } from "../mapping/opt-in-set.ts";
import { toProfileMembers } from "../mapping/to-profile-members.ts";
import type { Settings } from "../settings.ts";
import type { CustomerQueryData } from "../soap/data-contract.ts";
import type { CustomerPlan, PlanRequest } from "./plan-customer.ts";

/**
 * What a record that was read back holds otherwise than it was written: names of members, settings and attributes. The flags
 * by which Y2 says whether an address is valid are its own to set.
 */
export function listDifferences(request: PlanRequest & { plan: CustomerPlan; readBack: CustomerQueryData }): readonly string[] {
  const { settings, plan, readBack } = request;
  const { target } = plan.optIns;
  const held = readOptInSet(readBack);
  return [
    ...OPT_IN_FIELDS.filter((field) => held.optIns[field] !== target.optIns[field]),
    ...(held.emailingAccepted === target.emailingAccepted ? [] : ["EmailData.EmailingAccepted"]),
    ...(held.sendReceiptByMail === target.sendReceiptByMail ? [] : ["EmailData.SendReceiptByMail"]),
    ...(held.directMail === target.directMail ? [] : ["DirectMail"]),
    ...plan.writes.filter(({ slot, value }) => !isSame({ held: readUserSlot({ stored: readBack, slot }), value, slot })).map(({ slot }) => settingOf({ settings, slot })),
    ...(isNamedOtherwise(request) ? ["CustomerId"] : []),
    ...(plan.own.barcode === null || readBack.Barcode === plan.own.barcode ? [] : ["linkField"]),
    ...(request.reopens === true && readBack.Closed === true ? ["Closed"] : []),
    ...listOtherAttributes(request),
  ];
}

/** A store whose counter names everybody: without a link, which the next plan has, such a customer is made again each time. */
function isNamedOtherwise(request: PlanRequest & { plan: CustomerPlan; readBack: CustomerQueryData }): boolean {
  const { settings, item, plan, readBack } = request;
  return plan.stored === null && settings.customerIdStrategy === "deterministic" && readBack.CustomerId !== toCustomerId(item.subject.ref);
}

function listOtherAttributes(request: PlanRequest & { plan: CustomerPlan; readBack: CustomerQueryData }): readonly string[] {
  const { settings, item, plan, readBack } = request;
  return Object.entries(item.profile ?? {})
    .filter(([attribute]) => plan.profile.outcomes[attribute] === "applied")
    .filter(([attribute, change]) => {
      const again = toProfileMembers({ settings, patch: { [attribute]: change }, stored: readBack });
      const { ValidEmail: _email, ValidMobile: _mobile, ...members } = again.members;
      return again.outcomes[attribute] === "applied" && !(again.writes.length === 0 && holdsMembers({ stored: readBack, members, whenOtherCountryCode: true }));
    })
    .map(([attribute]) => attribute);
}

/** A folder may keep days of dates and no times, and writes numbers as it likes; none is 0. */
function isSame(request: { held: UserValue; value: UserValue; slot: UserSlot }): boolean {
  const { held, value, slot } = request;
  if (slot.kind === "userDefinedValue" || (slot.kind === "userField" && slot.valueKind === "number")) return Number(held) === Number(value);
  if (held === value || ((held ?? false) === false && (value ?? false) === false)) return true;
  if (typeof held !== "string" || typeof value !== "string") return false;
  return /^\d{4}-\d{2}-\d{2}T00:00:00$/.test(held) && held.slice(0, 10) === value.slice(0, 10);
}

function settingOf(request: { settings: Settings; slot: UserSlot }): string {
  const { settings: { slots, linkField, refField, testField, consent }, slot } = request;
  if (slots !== null && [slots.effectiveAt, slots.decisionId].includes(slot)) return "slots";
  if ([...consent.purposeFields.values()].includes(slot)) return "purposeFields";
  if (slot === linkField) return "linkField";
  if (slot === refField) return "refField";
  return slot === testField ? "testField" : "fieldMap";
}
