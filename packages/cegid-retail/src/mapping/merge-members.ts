import type { Settings } from "../settings.ts";
import type { CustomerInputData, CustomerQueryData } from "../soap/data-contract.ts";

const NESTED = ["AddressData", "BirthDateData", "EmailData", "PhoneData", "UserDefinedData"] as const;

/**
 * An update of a record as the server's settings want it: all that it would reset, or no more than what changes; and the date
 * of the record, by which a server that compares it sees that somebody came between.
 */
export function toSafeUpdate(request: {
  settings: Pick<Settings, "absentValues" | "checksModificationDate">;
  stored: CustomerQueryData;
  parts: readonly CustomerInputData[];
}): CustomerInputData {
  const { settings: { absentValues, checksModificationDate }, stored } = request;
  const members = absentValues === "keep" ? toChangedMembers(request) : toUpdateMembers(request);
  return checksModificationDate ? { ...members, LastModificationDate: stored.LastModificationDate } : members;
}

/** Parts of a write as one; nested classes member by member, of all else the later part counts. */
export function mergeMembers(parts: readonly CustomerInputData[]): CustomerInputData {
  const merged: CustomerInputData = Object.assign({}, ...parts);
  const nested = NESTED.flatMap((name) => {
    const given = parts.flatMap((part) => part[name] ?? []);
    return given.length === 0 ? [] : [[name, Object.assign({}, ...given)] as const];
  });
  return { ...merged, ...Object.fromEntries(nested) };
}

/**
 * An update of a record: the parts, and every boolean and enumeration that is stored and that no part names. What is left
 * out of these a server may reset, while texts that are left out stay. A nested class is completed where it is sent at all.
 */
export function toUpdateMembers(request: { stored: CustomerQueryData; parts: readonly CustomerInputData[] }): CustomerInputData {
  const { stored, parts } = request;
  const { IsCompany, Closed, IsProspect, DirectMail, ValidAlternativeEmail, ValidEmail, ValidHomePhone, ValidMobile, ValidOfficePhone } = stored;
  const { OptinAlternativeEmail, OptinEmail, OptinHomePhone, OptinMobile, OptinOfficePhone, OptinPostal } = stored;
  const flags = { IsCompany, Closed, IsProspect, DirectMail, ValidAlternativeEmail, ValidEmail, ValidHomePhone, ValidMobile, ValidOfficePhone };
  const optIns = { OptinAlternativeEmail, OptinEmail, OptinHomePhone, OptinMobile, OptinOfficePhone, OptinPostal };
  const merged = mergeMembers([{ ...flags, ...optIns }, ...parts]);
  const { AddressData: address, EmailData: emails } = merged;
  const { CountryId, CountryIdType, Nata } = stored.AddressData ?? {};
  const { EmailingAccepted, SendReceiptByMail } = stored.EmailData ?? {};
  // The type says how the code is to be read: neither goes without the other.
  const country = (CountryId ?? "") === "" ? {} : { CountryId, CountryIdType };
  return {
    ...merged,
    ...(address === undefined || address === null ? {} : { AddressData: { Nata, ...country, ...address } }),
    ...(emails === undefined || emails === null ? {} : { EmailData: { EmailingAccepted, SendReceiptByMail, ...emails } }),
  };
}

/**
 * The same for a server that keeps what is left out: what a record holds already is not sent, so that nothing that
 * somebody changed since it was read is put back.
 */
function toChangedMembers(request: { stored: CustomerQueryData; parts: readonly CustomerInputData[] }): CustomerInputData {
  const { stored, parts } = request;
  const { EmailData: emails, ...merged } = mergeMembers(parts);
  const members = withoutStored({ members: merged, stored });
  const changedEmails = withoutStored({ members: emails ?? {}, stored: stored.EmailData ?? {} });
  return Object.keys(changedEmails).length === 0 ? members : { ...members, EmailData: changedEmails };
}

/** Nested classes and lists are left whole. */
function withoutStored<Members extends object>(request: { members: Members; stored: Readonly<Record<string, unknown>> }): Members {
  const { members, stored } = request;
  return Object.fromEntries(Object.entries(members).filter(([name, value]) => typeof value === "object" || stored[name] !== value)) as Members;
}
