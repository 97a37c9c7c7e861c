import type { ConnectorV1, ConsentFacetV1, ConsentState } from "@volenti/core/adapter";
import type { DestinationReport } from "@volenti/governance";
import { describe, expect, it } from "vitest";
import { decide, openShop, toSubmission, type Shop } from "./support/open-shop.ts";

const FIRST = "2026-11-21T09:00:00.000Z";
const SECOND = "2026-11-21T11:00:00.000Z";

/** A shop that counts what its ledger is asked of states, and whose tables a test may change in between. */
interface CountedShop extends Shop {
  /** People of each call, in their order. */
  readonly several: number[];
  readonly alone: () => number;
  readonly profiles: () => number;
  verify(): Promise<DestinationReport>;
}

function openCountedShop(request: { oneByOne?: boolean; afterSeveral?: (shop: Shop) => unknown } = {}): CountedShop {
  const several: number[] = [];
  const counts = { alone: 0, profiles: 0 };
  const count = ({ ledger }: { ledger: ConnectorV1 }): Record<string, ConnectorV1> => {
    const { getState, listStates, listStatesOf } = ledger.consent;
    if (listStatesOf === undefined) expect.fail("the ledger asks one by one");
    const consent: ConsentFacetV1 = {
      getState,
      listStates: (of) => {
        counts.alone += 1;
        return listStates(of);
      },
    };
    const together: ConsentFacetV1 = {
      ...consent,
      listStatesOf: async (of) => {
        several.push(of.subjectRefs.length);
        const states = await listStatesOf(of);
        await request.afterSeveral?.(shop);
        return states;
      },
    };
    const profiles: ConnectorV1["profiles"] = {
      ...ledger.profiles,
      get: (of) => {
        counts.profiles += 1;
        return ledger.profiles.get(of);
      },
    };
    return { ledger: { ...ledger, consent: request.oneByOne === true ? consent : together, profiles } };
  };
  const shop = openShop({ change: count });
  return { ...shop, several, alone: () => counts.alone, profiles: () => counts.profiles, verify: () => shop.governance.verify({ destinationId: "ledger" }) };
}

async function fill(request: { shop: Shop; people: number }): Promise<void> {
  const { shop, people } = request;
  const submissions = Array.from({ length: people }, (_, index) =>
    toSubmission({ email: `person-${index}@example.com`, occurredAt: FIRST, decisions: [decide(index % 3 === 0 ? "refused" : "given")] }),
  );
  for await (const { outcome } of shop.volenti.collectMany(submissions, { batchSize: 100 })) expect(outcome).toBe("delivered");
}

/** Every third state says the opposite, every fifth is taken away, every seventh person is gone. */
function breakStates({ ledger }: Shop): void {
  for (const [index, person] of [...ledger.records.people.values()].entries()) {
    const opposite = (state: ConsentState): ConsentState => (index % 3 === 1 ? { ...state, status: state.status === "given" ? "refused" : "given" } : state);
    const states = new Map([...person.states].filter(() => index % 5 !== 0).map(([key, state]) => [key, opposite(state)]));
    if (index % 7 === 0) ledger.records.people.delete(person.ref);
    else ledger.records.people.set(person.ref, { ...person, states });
  }
}

describe("verify people several at once", () => {
  it("asks for two hundred people a call, and for nobody alone", async () => {
    const shop = openCountedShop();
    await fill({ shop, people: 450 });
    expect(await shop.verify()).toMatchObject({ valid: true, counts: { decisions: 450, subjects: 450 } });
    expect({ several: shop.several, alone: shop.alone(), profiles: shop.profiles() }).toEqual({ several: [200, 200, 50], alone: 0, profiles: 0 });
  });

  it("asks one by one where the store knows no other way, and only once", async () => {
    const shop = openCountedShop({ oneByOne: true });
    await fill({ shop, people: 40 });
    expect(await shop.verify()).toMatchObject({ valid: true, counts: { subjects: 40 } });
    expect(shop.alone()).toBe(40);
  });

  it("asks nothing about people where nobody is", async () => {
    const shop = openCountedShop();
    expect(await shop.verify()).toMatchObject({ valid: true, counts: { subjects: 0 } });
    expect(shop.several).toEqual([]);
  });

  it("finds in tables that were changed what it finds one by one, and once each", async () => {
    const shop = openShop({
      routes: [{ to: ["ledger"] }],
      change: ({ ledger }) => {
        const { getState, listStates } = ledger.consent;
        return { ledger, oneByOne: { ...ledger, consent: { getState, listStates } } };
      },
    });
    await fill({ shop, people: 250 });
    breakStates(shop);
    const together = await shop.governance.verify({ destinationId: "ledger" });
    const oneByOne = await shop.governance.verify({ destinationId: "oneByOne" });
    expect(together.findings.length).toBeGreaterThan(50);
    expect(together.counts.withoutStates).toBeGreaterThan(30);
    expect({ ...together, destinationId: "oneByOne" }).toEqual(oneByOne);
  });

  it("gives no finding where people's states come after they were read together", async () => {
    let states: Map<string, ConsentState> | null = null;
    const shop = openCountedShop({
      afterSeveral: ({ ledger }) => {
        for (const person of ledger.records.people.values()) if (states !== null) ledger.records.people.set(person.ref, { ...person, states });
      },
    });
    await shop.submit({ occurredAt: FIRST, decisions: [decide("given")] });
    const [before] = shop.ledger.records.people.values();
    await shop.submit({ occurredAt: SECOND, decisions: [decide("withdrawn")] });
    const [after] = shop.ledger.records.people.values();
    if (before === undefined || after === undefined) expect.fail("nobody was written");
    states = new Map(after.states);
    shop.ledger.records.people.set(after.ref, { ...after, states: new Map(before.states) });
    expect(await shop.verify()).toMatchObject({ valid: true, findings: [] });
    expect(shop.alone()).toBe(1);
  });

  it("gives no finding where people are written, and written anew, after they were read together", async () => {
    const shop = openCountedShop({
      afterSeveral: async (open) => {
        await open.submit({ email: "person-3@example.com", occurredAt: SECOND, decisions: [decide("withdrawn")] });
        await open.submit({ email: "zoe@example.com", occurredAt: SECOND });
      },
    });
    await fill({ shop, people: 10 });
    expect(await shop.verify()).toMatchObject({ valid: true, counts: { subjects: 10 }, findings: [] });
  });

  it("counts who was erased before, and gives no finding where somebody is erased after being read", async () => {
    const shop = openCountedShop({ afterSeveral: ({ ledger }) => ledger.records.people.clear() });
    await fill({ shop, people: 10 });
    const [first = expect.fail("nobody was written")] = shop.ledger.records.people.keys();
    shop.ledger.records.people.delete(first);
    expect(await shop.verify()).toMatchObject({ valid: true, counts: { withoutStates: 1 }, findings: [] });
  });

  it("rejects where the states of several people could not be read", async () => {
    const shop = openShop({
      change: ({ ledger }) => ({ ledger: { ...ledger, consent: { ...ledger.consent, listStatesOf: () => Promise.reject(new Error("unreachable")) } } }),
    });
    await shop.submit();
    await expect(shop.governance.verify({ destinationId: "ledger" })).rejects.toThrow("unreachable");
  });
});
