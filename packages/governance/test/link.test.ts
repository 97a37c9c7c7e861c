import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LinkFinding } from "@volenti/governance";
import { createCustomerSystem, failure, type Customer, type CustomerSystem } from "./support/customer-system.ts";
import { NOW, openShop, type Shop } from "./support/open-shop.ts";

interface LinkShop extends Shop {
  system: CustomerSystem;
}

/** A shop whose CRM held customers before; `withLedger: false`: nobody names people but the digest of their identifier. */
function openLinkShop(options: {
  customers: Customer[];
  withLedger?: boolean;
  routes?: readonly { countries?: string[]; to: string[] }[];
  retry?: { maxAttempts: number };
}): LinkShop {
  const system = createCustomerSystem(options.customers);
  const routes = options.routes ?? [{ to: options.withLedger === false ? ["crm"] : ["ledger", "crm"] }];
  const { retry } = options;
  const shop = openShop({ routes, ...(retry === undefined ? {} : { retry }), change: ({ ledger, crm }) => ({ ledger, crm: system.attachTo(crm) }) });
  return { ...shop, system };
}

const report = { destinationId: "crm", apply: false } as const;
const apply = { destinationId: "crm", apply: true } as const;

describe("link, with a ledger", () => {
  it("gives customers the ref under which a later submission of theirs is written", async () => {
    const { governance, submit, crm, system } = openLinkShop({
      customers: [{ id: "c1", email: "Ines@Example.com" }, { id: "c2", email: "luc@example.com", phone: "+33 1 99 00 00 01" }],
    });
    const answer = await governance.link(apply);
    expect(answer).toMatchObject({ outcome: "complete", applied: true, counts: { customers: 2, linked: 2, toBeLinked: 0 } });
    await submit({ email: "ines@example.com" });
    await submit({ email: "other@example.com", phone: "+33199000001" });
    expect(new Set<unknown>(crm.records.people.keys())).toEqual(new Set([system.refOf("c1"), system.refOf("c2")]));
  });

  it("gives a customer the ref of the person whom the ledger knows already", async () => {
    const { governance, submit, crm, system } = openLinkShop({ customers: [{ id: "c1", email: "ines@example.com" }] });
    await submit();
    await governance.link(apply);
    expect(system.refOf("c1")).toBe([...crm.records.people.keys()][0]);
  });

  it("has the ledger remember the record of whom it linked, where the system names one", async () => {
    const { governance, ledger, system } = openLinkShop({
      customers: [{ id: "c1", email: "ines@example.com", recordId: "r1" }, { id: "c2", email: "luc@example.com" }, { id: "c3", email: "theo@example.com", recordId: "r3" }],
    });
    system.onLink = () => {
      const taken = system.customers.find(({ id }) => id === "c3");
      if (taken !== undefined) taken.ref = "taken";
    };
    await governance.link(apply);
    expect([...ledger.records.recordIds].map(([ref, kept]) => [ref, [...kept]])).toEqual([[system.refOf("c1"), [["crm", "r1"]]]]);
  });

  it("reports first, and changes nothing anywhere", async () => {
    const { governance, ledger, system } = openLinkShop({ customers: [{ id: "c1", email: "ines@example.com" }, { id: "c2" }] });
    expect(await governance.link(report)).toEqual({
      destinationId: "crm",
      applied: false,
      outcome: "complete",
      counts: { customers: 2, alreadyLinked: 0, linked: 0, toBeLinked: 1, ambiguous: 0, conflicting: 0, unmatched: 1, erased: 0, failed: 0 },
      reasons: { noIdentifier: 1 },
    });
    expect([ledger.records.links.size, system.calls.length]).toEqual([0, 0]);
  });

  it("links nobody who is there twice, and leaves no trace of them in the ledger", async () => {
    const { governance, ledger, system } = openLinkShop({
      customers: [
        { id: "c1", email: "ines@example.com", phone: "+33199000001" },
        { id: "c2", email: "INES@example.com" },
        { id: "c3", email: "luc@example.com" },
      ],
    });
    const found: LinkFinding[] = [];
    const answer = await governance.link({ ...apply, onFinding: (finding) => found.push(finding) });
    expect(answer).toMatchObject({ counts: { linked: 1, ambiguous: 2, toBeLinked: 0 }, reasons: { duplicate: 2 } });
    expect(found).toEqual([{ customerId: "c1", reason: "duplicate" }, { customerId: "c2", reason: "duplicate" }]);
    expect(system.customers.map(({ ref }) => ref !== undefined)).toEqual([false, false, true]);
    expect(ledger.records.links.size).toBe(1);
  });

  it("notices two records of one person by what the ledger knows, also where they share no value", async () => {
    const { governance, submit, system } = openLinkShop({
      customers: [{ id: "c1", email: "ines@example.com" }, { id: "c2", phone: "+33199000001" }],
    });
    await submit({ phone: "+33199000001" });
    expect(await governance.link(apply)).toMatchObject({ counts: { linked: 0, ambiguous: 2 }, reasons: { duplicate: 2 } });
    expect(system.calls).toEqual([]);
  });

  it("never gives a record the ref, or a value, that a linked record has", async () => {
    const { governance, system } = openLinkShop({
      customers: [{ id: "c1", email: "ines@example.com" }, { id: "c2", ref: "somebody", email: "ines@example.com" }],
    });
    const answer = await governance.link(apply);
    expect(answer).toMatchObject({ counts: { alreadyLinked: 1, ambiguous: 1, linked: 0 } });
    expect(system.refOf("c1")).toBeUndefined();
  });

  it("tells of a customer whose identifiers name two people", async () => {
    const { governance, submit, system } = openLinkShop({ customers: [{ id: "c1", email: "ines@example.com", phone: "+33199000002" }] });
    await submit();
    await submit({ email: "luc@example.com", phone: "+33199000002" });
    expect(await governance.link(apply)).toMatchObject({ counts: { ambiguous: 1 }, reasons: { severalPeople: 1 } });
    expect(system.calls).toEqual([]);
  });

  it("tells of a linked customer whose identifiers name somebody else, and leaves the ref", async () => {
    const { governance, submit, system } = openLinkShop({ customers: [{ id: "c1", ref: "somebody", email: "ines@example.com" }] });
    await submit();
    expect(await governance.link(apply)).toMatchObject({ counts: { conflicting: 1, alreadyLinked: 0 }, reasons: { otherRef: 1 } });
    expect(system.refOf("c1")).toBe("somebody");
  });

  it("reserves nobody for a linked customer whom the ledger does not know", async () => {
    const { governance, ledger } = openLinkShop({ customers: [{ id: "c1", ref: "somebody", email: "ines@example.com" }] });
    expect(await governance.link(apply)).toMatchObject({ counts: { alreadyLinked: 1 } });
    expect(ledger.records.links.size).toBe(0);
  });

  it("does not bring back whom the ledger remembers as erased", async () => {
    const { governance, submit, ledger, system } = openLinkShop({ customers: [{ id: "c1", email: "ines@example.com" }] });
    await submit();
    await governance.erase({ identifier: { kind: "email", value: "ines@example.com" }, requestedAt: NOW });
    const found: LinkFinding[] = [];
    const answer = await governance.link({ ...apply, onFinding: (finding) => found.push(finding) });
    expect(answer).toMatchObject({ counts: { erased: 1, linked: 0, toBeLinked: 0 } });
    expect(found).toEqual([{ customerId: "c1", reason: "erased" }]);
    expect([ledger.records.links.size, system.calls.length]).toEqual([0, 0]);
  });

  it("rejects where the ledger cannot be read, and links nobody", async () => {
    const { governance, ledger, system } = openLinkShop({ customers: [{ id: "c1", email: "ines@example.com" }] });
    ledger.fail({ kind: "unavailable" });
    await expect(governance.link(apply)).rejects.toMatchObject({ code: "unavailable" });
    expect(system.calls).toEqual([]);
  });
});

describe("link, without a ledger", () => {
  it("gives the ref of the first identifier in the configured precedence, as submissions do", async () => {
    const { governance, submit, crm, system } = openLinkShop({
      withLedger: false,
      customers: [{ id: "c1", email: "ines@example.com", loyaltyId: " L-1 " }, { id: "c2", email: "luc@example.com", country: null }],
    });
    expect(await governance.link(apply)).toMatchObject({ counts: { linked: 2 } });
    await submit({ email: "ines@example.com", loyaltyId: "L-1" });
    await submit({ email: "luc@example.com" });
    expect(new Set<unknown>(crm.records.people.keys())).toEqual(new Set([system.refOf("c1"), system.refOf("c2")]));
  });

  it("takes two customers who share a later identifier for two people", async () => {
    const { governance } = openLinkShop({
      withLedger: false,
      customers: [
        { id: "c1", email: "ines@example.com", phone: "+33199000001" },
        { id: "c2", email: "luc@example.com", phone: "+33199000001" },
      ],
    });
    expect(await governance.link(apply)).toMatchObject({ counts: { linked: 2, ambiguous: 0 } });
  });

  it("does not doubt a ref that may come from an identifier that the system does not hold", async () => {
    const { governance } = openLinkShop({
      withLedger: false,
      customers: [
        { id: "c1", ref: "of-a-loyalty-id", email: "ines@example.com" },
        { id: "c2", ref: "of-another", loyaltyId: "L-2" },
      ],
    });
    expect(await governance.link(report)).toMatchObject({ counts: { alreadyLinked: 1, conflicting: 1 } });
  });
});

describe("link, by country", () => {
  const routes = [{ countries: ["FR"], to: ["ledger", "crm"] }, { countries: ["DE"], to: ["crm"] }, { countries: ["RU"], to: ["ledger"] }];

  it("takes a country by code and by name, and nobody whom no route leads there", async () => {
    const { governance, ledger } = openLinkShop({
      routes,
      customers: [
        { id: "c1", email: "a@example.com", country: "fr" },
        { id: "c2", email: "b@example.com", country: "Allemagne" },
        { id: "c3", email: "c@example.com", country: "Russia" },
        { id: "c4", email: "d@example.com", country: "Atlantis" },
      ],
    });
    const answer = await governance.link(apply);
    expect(answer).toMatchObject({ counts: { linked: 2, unmatched: 2 }, reasons: { notRouted: 1, countryUnknown: 1 } });
    expect(ledger.records.links.size).toBe(1);
  });

  it("assumes the country that it is given for those whose record names none", async () => {
    const { governance, ledger } = openLinkShop({ routes, customers: [{ id: "c1", email: "a@example.com", country: null }] });
    expect(await governance.link({ ...apply, country: "FR" })).toMatchObject({ counts: { linked: 1 } });
    expect(ledger.records.links.size).toBe(1);
  });
});

describe("link, as it runs", () => {
  const many = (count: number): Customer[] =>
    Array.from({ length: count }, (_, index) => ({ id: `c${String(index).padStart(5, "0")}`, email: `p${index}@example.com` }));

  it("links in batches of 200, tells how far it is, and passes over what is linked when it is run again", async () => {
    const { governance, system } = openLinkShop({ customers: many(450) });
    const seen: string[] = [];
    await governance.link({ ...apply, onProgress: ({ phase, customers }) => seen.push(`${phase} ${customers}`) });
    expect(system.calls.map(({ length }) => length)).toEqual([200, 200, 50]);
    expect(seen).toEqual(["matching 200", "matching 400", "matching 450", "linking 200", "linking 400", "linking 450"]);
    const again = await governance.link(apply);
    expect(again).toMatchObject({ outcome: "complete", counts: { customers: 450, alreadyLinked: 450, linked: 0 } });
    expect(system.calls.length).toBe(3);
  });

  it("says what was linked when the system stops answering, and finishes on the next run", async () => {
    const { governance, system } = openLinkShop({ customers: many(450) });
    system.onLink = () => {
      if (system.calls.length === 2) throw failure("unavailable");
    };
    expect(await governance.link(apply)).toMatchObject({ outcome: "stopped", code: "unavailable", counts: { linked: 200, toBeLinked: 250 } });
    system.onLink = () => {};
    expect(await governance.link(apply)).toMatchObject({ outcome: "complete", counts: { alreadyLinked: 200, linked: 250 } });
  });

  it("begins nothing more once the signal is aborted", async () => {
    const { governance, system } = openLinkShop({ customers: many(450) });
    const controller = new AbortController();
    system.onLink = () => controller.abort();
    expect(await governance.link({ ...apply, signal: controller.signal })).toMatchObject({ outcome: "interrupted", counts: { linked: 200 } });
    expect(system.calls.length).toBe(1);
  });

  it("links nobody where the list breaks before its end", async () => {
    const { governance, system } = openLinkShop({ customers: many(300) });
    system.onList = ({ id }) => {
      if (id === "c00250") throw failure("unavailable");
    };
    await expect(governance.link(apply)).rejects.toMatchObject({ code: "unavailable" });
    expect(system.calls).toEqual([]);
  });

  it("tells of a link that another took meanwhile, and of one that could not be written, and goes on with the others", async () => {
    const { governance, system } = openLinkShop({ customers: many(3) });
    system.onLink = () => {
      const [first] = system.customers;
      if (first !== undefined) first.ref = "taken-meanwhile";
      system.customers.splice(1, 1);
    };
    const found: LinkFinding[] = [];
    const answer = await governance.link({ ...apply, onFinding: (finding) => found.push(finding) });
    expect(answer).toMatchObject({ outcome: "complete", counts: { linked: 1, conflicting: 1, failed: 1 } });
    expect(found).toEqual([
      { customerId: "c00000", reason: "refTaken" },
      { customerId: "c00001", reason: "failed", code: "rejectedByProvider" },
    ]);
  });

  it("sends those again whose failure may pass, and no others", async () => {
    const { governance, system } = openLinkShop({ customers: many(3), retry: { maxAttempts: 3 } });
    system.lockedOnce.add("c00001");
    expect(await governance.link(apply)).toMatchObject({ outcome: "complete", counts: { linked: 3, failed: 0 } });
    expect(system.calls.map((links) => links.map(({ customerId }) => customerId))).toEqual([["c00000", "c00001", "c00002"], ["c00001"]]);
  });

  it("leaves a customer who changed since the first look to the next run", async () => {
    const { governance, system } = openLinkShop({ customers: [{ id: "c1", email: "a@example.com" }] });
    let looks = 0;
    system.onList = (customer) => {
      looks += 1;
      if (looks === 2) customer.email = "b@example.com";
    };
    expect(await governance.link(apply)).toMatchObject({ counts: { linked: 0, toBeLinked: 1 } });
    expect(await governance.link(apply)).toMatchObject({ counts: { linked: 1, toBeLinked: 0 } });
  });

  it("refuses a destination that cannot link, and one that is not there", async () => {
    const { governance } = openLinkShop({ customers: [] });
    await expect(governance.link({ ...apply, destinationId: "ledger" })).rejects.toMatchObject({ code: "unsupported" });
    await expect(governance.link({ ...apply, destinationId: "mars" })).rejects.toMatchObject({ code: "invalidInput" });
  });
});

describe("link, whatever the system holds", () => {
  const customers = fc.array(
    fc.record(
      {
        email: fc.constantFrom("a@example.com", "b@example.com", "c@example.com", "no address"),
        phone: fc.constantFrom("+33199000001", "+33199000002", "0199000003"),
        loyaltyId: fc.constantFrom("L-1", "L-2"),
      },
      { requiredKeys: [] },
    ),
    { maxLength: 6 },
  );

  it("counts every customer once, gives no ref twice, links nobody who shares a name with another, and repeats itself", async () => {
    await fc.assert(
      fc.asyncProperty(customers, fc.boolean(), fc.boolean(), async (drawn, withLedger, knowsOne) => {
        const { governance, submit, system } = openLinkShop({ customers: drawn.map((customer, index) => ({ id: `c${index}`, ...customer })), withLedger });
        if (knowsOne) await submit({ email: "a@example.com", phone: "+33199000001" });
        const first = await governance.link(report);
        const found: LinkFinding[] = [];
        const done = await governance.link({ ...apply, onFinding: (finding) => found.push(finding) });
        const { customers: all, ...parts } = done.counts;
        expect([all, Object.values(parts).reduce((total, count) => total + count, 0)]).toEqual([drawn.length, drawn.length]);
        expect(done.counts.linked).toBe(first.counts.toBeLinked);
        const refs = system.customers.flatMap(({ ref }) => ref ?? []);
        expect(new Set(refs).size).toBe(refs.length);
        expect(refs.length + found.length).toBe(drawn.length);
        expect((await governance.link(apply)).counts).toMatchObject({ linked: 0, alreadyLinked: refs.length, ambiguous: done.counts.ambiguous });
      }),
      { numRuns: 60 },
    );
  });
});
