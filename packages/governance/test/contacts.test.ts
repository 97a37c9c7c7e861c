import { describe, expect, it } from "vitest";
import type { ContactFinding, ContactsReport } from "@volenti/governance";
import { createCustomerSystem, type Customer } from "./support/customer-system.ts";
import { openShop, type Shop } from "./support/open-shop.ts";

async function survey(request: { shop: Shop; destinationId: string; inactiveFor?: string }): Promise<{ report: ContactsReport; findings: string[] }> {
  const { shop, ...contacts } = request;
  const findings: ContactFinding[] = [];
  const report = await shop.governance.contacts({ ...contacts, onFinding: (finding) => void findings.push(finding) });
  return { report, findings: findings.map(({ problem, recordId, kind }) => [problem, recordId, kind].filter((part) => part !== undefined && part !== null).join(" ")) };
}

function openBrownfield(customers: Customer[]): Shop {
  const system = createCustomerSystem(customers);
  return openShop({ change: ({ ledger, crm }) => ({ ledger, crm: system.attachTo(crm) }) });
}

describe("the contacts of a destination", () => {
  it("are told where they are invalid, missing or there twice, by the system's own ids", async () => {
    const shop = openBrownfield([
      { id: "1", email: "ines@example.com" },
      { id: "2", email: "INES@example.com" },
      { id: "3", email: "no address", phone: "+33199000001" },
      { id: "4" },
    ]);
    const { report, findings } = await survey({ shop, destinationId: "crm" });
    expect(report).toEqual({ destinationId: "crm", records: { total: 4, invalid: { email: 1 }, withoutContact: 1, duplicates: 2 }, inactive: null });
    expect(findings).toEqual(["invalid 3 email", "withoutContact 4", "duplicate 1", "duplicate 2"]);
  });

  it("are inactive where nothing was decided or changed for the period", async () => {
    const shop = openShop();
    await shop.submit({ occurredAt: "2022-06-01T10:00:00.000Z" });
    await shop.submit({ email: "olga@example.com" });
    const { report, findings } = await survey({ shop, destinationId: "ledger", inactiveFor: "P2Y" });
    expect(report).toEqual({ destinationId: "ledger", records: null, inactive: { people: 1, total: 2, inactiveFor: "P2Y" } });
    expect(findings).toEqual(["inactive"]);
  });

  it("are inactive from the instant on at which the period has passed", async () => {
    const shop = openShop();
    await shop.submit({ occurredAt: "2024-11-21T12:00:00.000Z" });
    await shop.submit({ email: "olga@example.com", occurredAt: "2024-11-21T12:00:00.001Z" });
    expect((await survey({ shop, destinationId: "ledger", inactiveFor: "P2Y" })).report.inactive).toMatchObject({ people: 1, total: 2 });
  });

  it("are not guessed for a period that is none", async () => {
    await expect(survey({ shop: openShop(), destinationId: "ledger", inactiveFor: "two years" })).rejects.toMatchObject({ code: "invalidInput" });
  });
});
