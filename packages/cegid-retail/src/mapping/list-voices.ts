import type { CustomerInformationType, CustomerQueryData } from "../soap/data-contract.ts";
import type { Settings } from "../settings.ts";
import { groupOf } from "./fold-privacy.ts";
import type { OptInJudgement, OptInPast } from "./judge-opt-in.ts";
import type { ConsentKey } from "./opt-in-keys.ts";
import { OPT_IN_FIELDS, type OptInField } from "./opt-in-set.ts";

/**
 * What the opt-ins that no purpose decides count for when a group is made equal. A question nobody asks about a contact
 * point that is empty would else keep every yes of the group from ever being stored. So such an opt-in follows a yes, unless
 * somebody else than us stored a no, or the customer has that contact point and nobody ever said yes to it.
 */
export function listVoices(request: {
  granularity: Settings["privacyGranularity"];
  past: OptInPast;
  fieldKeys: ReadonlyMap<OptInField, readonly ConsentKey[]>;
  judgements: ReadonlyMap<OptInField, OptInJudgement>;
}): ReadonlyMap<OptInField, CustomerInformationType | null> {
  const { granularity, past, fieldKeys, judgements } = request;
  const followers = OPT_IN_FIELDS.filter(
    (field) =>
      (fieldKeys.get(field) ?? []).length === 0 &&
      groupOf({ granularity, field }).some((member) => judgements.get(member)?.isGranted === true),
  );
  return new Map(followers.map((field) => [field, voiceOf({ past, field })]));
}

function voiceOf(request: { past: OptInPast; field: OptInField }): CustomerInformationType | null {
  const { past: { stored, last }, field } = request;
  // What an erasure left behind is nobody's no.
  if (stored === null || stored.Closed === true) return null;
  const value = stored[field] ?? "AskCustomer";
  const isOurs = last !== null && last.optIns[field] === value;
  if (value === "DoNotUse" && !isOurs) return "DoNotUse";
  if (value === "BrandOnly" || value === "ForPartners") return null;
  return hasContactPoint({ stored, field }) ? "AskCustomer" : null;
}

function hasContactPoint(request: { stored: CustomerQueryData; field: OptInField }): boolean {
  const { stored: { AddressData, EmailData, PhoneData }, field } = request;
  const values: Readonly<Record<OptInField, string | null | undefined>> = {
    OptinEmail: EmailData?.Email,
    OptinAlternativeEmail: EmailData?.AlternativeEmail,
    OptinMobile: PhoneData?.CellularPhoneNumber,
    OptinHomePhone: PhoneData?.HomePhoneNumber,
    OptinOfficePhone: PhoneData?.OfficePhoneNumber,
    OptinPostal: AddressData?.AddressLine1,
  };
  return (values[field] ?? "") !== "";
}
