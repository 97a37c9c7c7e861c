import type { ReleaseRule } from "@volenti/core";
import { describe, expect, it } from "vitest";
import { createBrand, type Brand } from "./support/create-brand.ts";
import { makeSubmission } from "./support/make-submission.ts";

function open(rules: readonly ReleaseRule[]): Brand {
  return createBrand({
    destinations: { eu: { region: "EU" }, crm: { region: "IE", ledger: false } },
    configuration: { routes: [{ to: ["eu", "crm"] }], release: { rules } },
  });
}

function kept(brand: Brand, id: string): Record<string, unknown> {
  const [person] = [...(brand.systems[id]?.records.people.values() ?? [])];
  return Object.fromEntries([...(person?.attributes ?? [])].map(([name, { value }]) => [name, value]));
}

const profile = { givenName: "Inès", familyName: "Moreau", email: "ines@example.com" };

describe("a destination under the release policy", () => {
  it("gets everything that minimisation leaves where there are no rules", async () => {
    const brand = open([]);
    const result = await brand.volenti.collect(makeSubmission({ profile }));
    expect(result).toMatchObject({ outcome: "delivered", withheld: [] });
    expect(kept(brand, "crm")).toEqual(profile);
  });

  it("is not given what a rule denies it, and given masked what a rule masks; others are not concerned", async () => {
    const brand = open([
      { id: "no-family-name", effect: "deny", match: { attributes: ["familyName"], recipients: ["crm"] } },
      { id: "initials", effect: "mask", mask: "initial", match: { attributes: ["givenName"], recipients: ["crm"], jurisdictions: ["FR"] } },
    ]);
    const result = await brand.volenti.collect(makeSubmission({ profile }));
    expect(result.withheld).toEqual([
      { attribute: "familyName", reason: "releasePolicy", destination: "crm" },
      { attribute: "givenName", reason: "releaseMask", destination: "crm" },
    ]);
    expect(kept(brand, "crm")).toEqual({ givenName: "I.", email: "ines@example.com" });
    expect(kept(brand, "eu")).toEqual(profile);
  });

  it("is denied what its mask cannot be applied to", async () => {
    const brand = open([{ id: "years", effect: "mask", mask: "yearOnly", match: { attributes: ["email"], recipients: ["crm"] } }]);
    const result = await brand.volenti.collect(makeSubmission({ profile }));
    expect(result.withheld).toEqual([{ attribute: "email", reason: "releasePolicy", destination: "crm" }]);
    expect(kept(brand, "crm")).toEqual({ givenName: "Inès", familyName: "Moreau" });
  });

  it("is told in the dry run, and a value can always be cleared", async () => {
    const brand = open([{ id: "no-family-name", effect: "deny", match: { attributes: ["familyName"], recipients: ["destination"] } }]);
    expect(await brand.volenti.preview(makeSubmission({ profile }))).toMatchObject({
      withheld: [{ attribute: "familyName", destination: "eu" }, { attribute: "familyName", destination: "crm" }],
    });
    const result = await brand.volenti.collect(makeSubmission({ profile: { ...profile, familyName: null } }));
    expect(result.withheld).toEqual([]);
  });
});
