import { textAt, type DataRecord } from "../contract/data-value.ts";
import type { Folder, PrivacyLevel } from "../folder.ts";
import { BusinessRefusedError } from "./business-refused-error.ts";

const EMAILS = ["OptinEmail", "OptinAlternativeEmail"];
const PHONES = ["OptinMobile", "OptinHomePhone", "OptinOfficePhone"];

/** Each opt-in with the contact point that it speaks of. */
export const OPT_INS: Readonly<Record<string, string>> = {
  OptinEmail: "EmailData.Email",
  OptinAlternativeEmail: "EmailData.AlternativeEmail",
  OptinHomePhone: "PhoneData.HomePhoneNumber",
  OptinMobile: "PhoneData.CellularPhoneNumber",
  OptinOfficePhone: "PhoneData.OfficePhoneNumber",
  OptinPostal: "AddressData.AddressLine1",
};

/** Which opt-ins the level wants to be equal. */
const GROUPS: Readonly<Record<PrivacyLevel, readonly (readonly string[])[]>> = {
  global: [[...EMAILS, ...PHONES, "OptinPostal"]],
  channel: [EMAILS, PHONES],
  item: [],
};

/** Throws a `BusinessRefusedError` where the opt-ins are finer than the folder manages them. */
export function checkPrivacy(request: { folder: Folder; record: DataRecord }): void {
  const { folder, record } = request;
  if (folder.behaviour.privacyViolation === "fault") {
    for (const members of GROUPS[folder.privacyLevel]) {
      const values = new Set(members.map((path) => textAt({ record, path })));
      if (values.size > 1) throw new BusinessRefusedError({ rule: "privacyLevel", members });
    }
  }
  if (folder.behaviour.optInWithoutContact === "accept") return;
  for (const [optIn, contact] of Object.entries(OPT_INS)) {
    const permits = ["BrandOnly", "ForPartners"].includes(textAt({ record, path: optIn }));
    if (permits && textAt({ record, path: contact }) === "") throw new BusinessRefusedError({ rule: "noContact", members: [optIn] });
  }
}
