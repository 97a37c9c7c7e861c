import type { Recipient, ReleaseFacts, ReleaseWorld } from "@volenti/core";
import type { Purpose } from "@volenti/core/adapter";
import { residencyRules } from "@volenti/jurisdictions";

export const PARTNERS_TILL_AND_CRM: readonly Recipient[] = [
  { kind: "partner", id: "ad-partner" },
  { kind: "partner", id: "analytics-partner" },
  { kind: "till", id: "paris" },
  { kind: "destination", id: "crm" },
];

function purpose(key: string, changes: Partial<Purpose>): Purpose {
  const base = { key, version: "1", label: { en: key }, basis: "contract", mechanism: "noticeOnly" } as const;
  return { ...base, channels: [], attributes: ["*"], recipients: [], covers: [], demands: {}, ...changes };
}

const PURPOSES: readonly Purpose[] = [
  purpose("loyalty", {}),
  purpose("marketing.email", { basis: "consent", mechanism: "optIn", attributes: ["email"] }),
  purpose("sale", { basis: "legitimateInterests", mechanism: "optOut", attributes: ["email"], recipients: ["ad-partner"] }),
  purpose("profiling", { basis: "consent", mechanism: "optIn", attributes: ["birthdate", "address.*"], recipients: ["analytics-partner"] }),
];

/** A brand with two partners and a CRM, without a store of anything. */
export function releaseWorld(options: { residency?: boolean } = {}): { world: ReleaseWorld; mechanisms: Readonly<Record<string, Purpose["mechanism"]>> } {
  const describe = (category: "contact" | "name" | "demographic" | "address") => ({ category, sensitivity: "normal" }) as const;
  const world: ReleaseWorld = {
    purposes: new Map(PURPOSES.map((one) => [one.key, one])),
    attributes: new Map([
      ["email", describe("contact")],
      ["givenName", describe("name")],
      ["birthdate", describe("demographic")],
      ["address.country", describe("address")],
    ]),
    destinations: new Map([["crm", { region: "IE" }]]),
    residency: options.residency === true ? { rules: residencyRules, overrides: [] } : null,
    regions: residencyRules.regions,
  };
  return { world, mechanisms: Object.fromEntries(PURPOSES.map(({ key, mechanism }) => [key, mechanism])) };
}

/** An adult in France of whom everything is known, and who decided nothing. */
export function releaseFacts(): ReleaseFacts {
  return { country: "FR", subdivision: null, ageBand: "adult", consents: new Map(), isRestricted: false, heldAttributes: [] };
}
