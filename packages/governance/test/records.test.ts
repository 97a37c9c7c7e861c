import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { recordsAsMarkdown, type ProcessingRecords } from "@volenti/governance";
import { openShop } from "./support/open-shop.ts";

const purposes = [
  { key: "loyalty", version: "1", basis: "contract", mechanism: "noticeOnly", attributes: ["email", "address.*"], label: { en: "Loyalty" }, retention: "P3Y", retentionIn: { DE: "P2Y" } },
  { key: "sale", version: "1", basis: "legitimateInterests", mechanism: "optOut", attributes: ["email"], recipients: ["ad-partner"], label: { en: "Sale" } },
] as const;

function recordsOf(): ProcessingRecords {
  const { governance } = openShop({ purposes });
  return governance.records();
}

describe("records of processing", () => {
  it("say per purpose on which ground what is kept for how long, and who receives it", () => {
    const { controller, purposes: listed, destinations } = recordsOf();
    expect(controller).toMatchObject({ name: "Maison Exemple", contact: "privacy@example.com" });
    expect(listed).toMatchObject([
      { key: "loyalty", basis: "contract", retention: "P3Y", retentionIn: { DE: "P2Y" }, recipients: [], notices: ["signup@3 (fr-FR)"] },
      { key: "sale", basis: "legitimateInterests", retention: null, recipients: ["ad-partner"] },
    ]);
    expect(listed[0]?.attributes).toContainEqual({ attribute: "address.postalCode", category: "address", sensitivity: "normal" });
    expect(destinations.map(({ id, region }) => [id, region])).toEqual([["ledger", "FR"], ["crm", "IE"]]);
  });

  it("name what the configuration does not say", () => {
    const gaps = recordsOf().gaps.map(({ code, subject }) => `${code} ${subject ?? ""}`.trim());
    expect(gaps).toContain("noRetention sale");
    expect(gaps).toContain("noRecipientCountry ad-partner");
    expect(gaps).toContain("noSecurityMeasures");
    expect(gaps).not.toContain("noRetention loyalty");
    // Within the European Economic Area nothing is transferred.
    expect(gaps.filter((gap) => gap.startsWith("noTransferMechanism"))).toEqual([]);
  });

  it("are a document with the retention schedule", () => {
    const text = recordsAsMarkdown(recordsOf());
    expect(text).toContain("| loyalty | DE | P2Y |");
    expect(text).toContain("| sale | everywhere | no end by time |");
  });

  it("cannot be broken out of by any text of the configuration", () => {
    const records = { ...recordsOf(), purposes: [], destinations: [], gaps: [] };
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("|", "\\", "`", "*", "_", "[", "]", "<", ">", "#", "-", "1", ".", " ", "\n", "\u2028", "é") }), (name) => {
        const text = recordsAsMarkdown({ ...records, controller: { ...records.controller, name } });
        const [row = ""] = text.split("\n").filter((line) => line.includes("privacy@example.com"));
        const bars = row.replace(/\\./g, "").match(/\|/g) ?? [];
        expect(bars.length).toBe(5);
        expect(row.replace(/\\./g, "")).not.toMatch(/[<>[\]`*]/);
      }),
    );
  });
});
