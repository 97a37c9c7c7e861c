import type { CustomerInformationType, CustomerInputData, CustomerQueryData } from "../soap/data-contract.ts";

/** The six contact points of a customer, in the order in which a slot's text packs them: never change it. */
export const OPT_IN_FIELDS = ["OptinEmail", "OptinAlternativeEmail", "OptinMobile", "OptinHomePhone", "OptinOfficePhone", "OptinPostal"] as const;

export type OptInField = (typeof OPT_IN_FIELDS)[number];
export type OptIns = Readonly<Record<OptInField, CustomerInformationType>>;

/** All that Y2 holds of consent. */
export interface OptInSet {
  readonly optIns: OptIns;
  readonly emailingAccepted: boolean;
  readonly sendReceiptByMail: boolean;
  readonly directMail: boolean;
}

/** The most restrictive first; what Y2 calls AskCustomer permits nothing either. */
const MOST_RESTRICTIVE_FIRST: readonly CustomerInformationType[] = ["DoNotUse", "AskCustomer", "BrandOnly", "ForPartners"];

/** Negative where the left one permits less. */
export function compareOptIns(left: CustomerInformationType, right: CustomerInformationType): number {
  return MOST_RESTRICTIVE_FIRST.indexOf(left) - MOST_RESTRICTIVE_FIRST.indexOf(right);
}

export function permits(value: CustomerInformationType): boolean {
  return value === "BrandOnly" || value === "ForPartners";
}

export function mapOptIns(valueOf: (field: OptInField) => CustomerInformationType): OptIns {
  return {
    OptinEmail: valueOf("OptinEmail"),
    OptinAlternativeEmail: valueOf("OptinAlternativeEmail"),
    OptinMobile: valueOf("OptinMobile"),
    OptinHomePhone: valueOf("OptinHomePhone"),
    OptinOfficePhone: valueOf("OptinOfficePhone"),
    OptinPostal: valueOf("OptinPostal"),
  };
}

/** What a record holds; of a customer who is yet to be created, and of members that were not answered, the defaults. */
export function readOptInSet(stored: CustomerQueryData | null): OptInSet {
  return {
    optIns: mapOptIns((field) => stored?.[field] ?? "AskCustomer"),
    emailingAccepted: stored?.EmailData?.EmailingAccepted ?? false,
    sendReceiptByMail: stored?.EmailData?.SendReceiptByMail ?? false,
    directMail: stored?.DirectMail ?? false,
  };
}

export function equalOptInSets(left: OptInSet, right: OptInSet): boolean {
  return (
    OPT_IN_FIELDS.every((field) => left.optIns[field] === right.optIns[field]) &&
    left.emailingAccepted === right.emailingAccepted &&
    left.sendReceiptByMail === right.sendReceiptByMail &&
    left.directMail === right.directMail
  );
}

/** All nine values as members of a write: one left out may be reset to its default. Merge `EmailData` with the rest of it. */
export function toOptInMembers(set: OptInSet): CustomerInputData {
  return {
    ...set.optIns,
    DirectMail: set.directMail,
    EmailData: { EmailingAccepted: set.emailingAccepted, SendReceiptByMail: set.sendReceiptByMail },
  };
}

/**
 * The same for a record: without `EmailData` where neither the record nor the write has an e-mail address, of which Y2 wants
 * no flag, unless a flag that stands all the same is to change.
 */
export function toHeldOptInMembers(request: { set: OptInSet; stored: CustomerQueryData | null; given?: CustomerInputData }): CustomerInputData {
  const { set, stored, given } = request;
  const { EmailData, ...members } = toOptInMembers(set);
  const before = readOptInSet(stored);
  const isChanged = set.emailingAccepted !== before.emailingAccepted || set.sendReceiptByMail !== before.sendReceiptByMail;
  return isChanged || hasEmail(stored) || hasEmail(given) ? { ...members, EmailData } : members;
}

/** Whether there is an e-mail address, the first or the other one. */
export function hasEmail(data: Pick<CustomerInputData, "EmailData"> | null | undefined): boolean {
  return [data?.EmailData?.Email, data?.EmailData?.AlternativeEmail].some((address) => (address ?? "") !== "");
}
