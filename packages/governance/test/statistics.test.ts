import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ConsentState, ListedPersonV1 } from "@volenti/core/adapter";
import type { StatisticsReport } from "@volenti/governance";
import { openShop } from "./support/open-shop.ts";

interface Person {
  readonly country: string | null;
  readonly ageBand: ListedPersonV1["ageBand"];
  readonly year: number;
  readonly status: "given" | "refused";
}

function stateOf(person: Person): ConsentState {
  const { status, year } = person;
  const narrowed = { validUntil: null, recipients: null, attributes: null };
  return { purpose: "marketing.email", channel: "email", decisionId: "d", status, effectiveAt: Date.UTC(year, 1), purposeVersion: "1", ...narrowed };
}

async function publish(request: { people: readonly Person[]; minimum: number }): Promise<StatisticsReport> {
  const { people, minimum } = request;
  const { governance } = openShop({
    change: ({ ledger, crm }) => ({
      crm,
      ledger: {
        ...ledger,
        population: {
          async *listPeople() {
            for (const [index, person] of people.entries()) {
              const { country, ageBand, year } = person;
              yield { subjectRef: `p${index}`, country, ageBand, test: false, heldSince: Date.UTC(year, 1), merged: [], states: [stateOf(person)], attributes: {} };
            }
          },
        },
      },
    }),
  });
  return governance.statistics({ destinationId: "ledger", minimum });
}

const anyone = fc.record<Person>({
  country: fc.constantFrom("FR", "DE", "BR", null),
  ageBand: fc.constantFrom("adult", "16-17", "unknown"),
  year: fc.integer({ min: 2023, max: 2026 }),
  status: fc.constantFrom("given", "refused"),
});

function many(request: { count: number; person: Person }): Person[] {
  return Array.from({ length: request.count }, () => request.person);
}

const FRENCH: Person = { country: "FR", ageBand: "adult", year: 2025, status: "given" };

describe("statistics", () => {
  it("publish groups as fine as they may be, and merge what is too small", async () => {
    const people = [...many({ count: 12, person: FRENCH }), ...many({ count: 6, person: { ...FRENCH, year: 2024 } }), ...many({ count: 6, person: { ...FRENCH, year: 2023 } })];
    const { tables } = await publish({ people, minimum: 10 });
    expect(tables).toMatchObject([{ purpose: "marketing.email", people: 24, hasWithheldGroups: false }]);
    expect(tables[0]?.groups.map(({ since, people: count }) => [since, count])).toEqual([["2025", 12], [null, 12]]);
  });

  it("withhold the next smallest group beside a lone small one, so that no difference tells of it", async () => {
    const people = [...many({ count: 30, person: FRENCH }), ...many({ count: 20, person: { ...FRENCH, country: "DE" } }), ...many({ count: 1, person: { ...FRENCH, country: "BR" } })];
    const { tables } = await publish({ people, minimum: 10 });
    expect(tables).toMatchObject([{ people: 51, hasWithheldGroups: true }]);
    expect(tables[0]?.groups.map(({ country, people: count }) => [country, count])).toEqual([["FR", 30]]);
  });

  it("leave a purpose of too few people out, and say only that there is one", async () => {
    expect(await publish({ people: many({ count: 9, person: FRENCH }), minimum: 10 })).toMatchObject({ tables: [], hasWithheldTables: true });
  });

  it("never publish a group below the minimum, nor a total whose difference to the groups is below it, whoever is held", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyone, { maxLength: 80 }), fc.integer({ min: 2, max: 15 }), async (people, minimum) => {
        const { tables } = await publish({ people, minimum });
        for (const { people: total, groups, hasWithheldGroups } of tables) {
          const rest = total - groups.reduce((sum, group) => sum + group.people, 0);
          expect(groups.every((group) => group.people >= minimum)).toBe(true);
          expect(rest === 0 || rest >= minimum).toBe(true);
          expect(hasWithheldGroups).toBe(rest > 0);
        }
      }),
      { numRuns: 50 },
    );
  });

  it("refuse a minimum that hides nobody", async () => {
    await expect(publish({ people: [], minimum: 1 })).rejects.toMatchObject({ code: "invalidInput" });
  });
});
