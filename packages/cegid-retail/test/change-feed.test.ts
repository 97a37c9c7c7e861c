import { afterEach, describe, expect, it } from "vitest";
import type { ChangeFeedFacetV1, SystemChangeV1 } from "@volenti/core/adapter";
import type { CegidRetailConnectorOptions } from "../src/cegid-retail-connector-options.ts";
import { createChangeFeed } from "../src/change-feed/create-change-feed.ts";
import { readOptInSet } from "../src/mapping/opt-in-set.ts";
import { listTillChanges, readLastWritten } from "../src/mapping/slots.ts";
import { at, catalogueOf, makeSettings, openTill, purpose, state, type Till } from "./support/mapping-world.ts";
import { addWritten, codeOf, collect, CUSTOMER_ID, listOf, NOW, openTenant, REF, type Tenant } from "./support/rights-world.ts";

const opened: Tenant[] = [];
afterEach(async () => {
  for (const tenant of opened.splice(0)) await tenant.close();
});

async function open(ids: readonly string[], options: Partial<CegidRetailConnectorOptions> = {}): Promise<Tenant & { feed: ChangeFeedFacetV1 }> {
  const tenant = await openTenant({ options: { customerList: () => listOf(...ids), countryMap: { FR: "FRA" }, ...options } });
  opened.push(tenant);
  const feed = createChangeFeed(tenant.session);
  if (feed === null) throw new Error("no feed is offered");
  return { ...tenant, feed };
}

const list = (feed: ChangeFeedFacetV1, cursor: string | null = null): Promise<readonly SystemChangeV1[]> => collect(feed.listChanges({ cursor }));
const decisionsOf = (changes: readonly SystemChangeV1[]): unknown[] => changes.map(({ decision, changedAt }) => ({ ...decision, changedAt }));

describe("what the till changed", () => {
  it("a no counts from the record's last change, and says by what the customer is known", async () => {
    const { emulator, session, feed } = await open([CUSTOMER_ID]);
    await addWritten({ session, optIns: { OptinEmail: "BrandOnly", OptinMobile: "BrandOnly" } });
    emulator.customers.changeOptIns({ customerId: CUSTOMER_ID, optIns: { OptinEmail: "DoNotUse" } });
    expect(await list(feed)).toEqual([
      {
        cursor: CUSTOMER_ID,
        subjectRef: REF.slice(0, 16),
        kind: "decision",
        by: { kind: "staff" },
        decision: { purpose: "news", channel: "email", status: "withdrawn" },
        changedAt: NOW,
        changeId: expect.any(String) as string,
        identifiers: [
          { kind: "email", value: "ines@example.com" },
          { kind: "phone", value: "+33639980001" },
        ],
        country: "FR",
        test: false,
      },
    ]);
  });

  it("a yes counts from the moment after our last decision, the earliest that it can be", async () => {
    const { emulator, session, feed } = await open([CUSTOMER_ID]);
    await addWritten({ session, optIns: { OptinPostal: "DoNotUse" } });
    emulator.customers.changeOptIns({ customerId: CUSTOMER_ID, optIns: { OptinPostal: "BrandOnly" } });
    expect(decisionsOf(await list(feed))).toEqual([{ purpose: "care", channel: "post", status: "given", changedAt: at(61) }]);
  });

  it.each([
    ["AskCustomer", "DoNotUse", "refused"],
    ["BrandOnly", "AskCustomer", "invalidated"],
    ["ForPartners", "DoNotUse", "withdrawn"],
  ] as const)("%s that became %s is %s", async (from, to, status) => {
    const { emulator, session, feed } = await open([CUSTOMER_ID]);
    await addWritten({ session, optIns: { OptinPostal: from } });
    emulator.customers.changeOptIns({ customerId: CUSTOMER_ID, optIns: { OptinPostal: to } });
    expect(decisionsOf(await list(feed))).toEqual([{ purpose: "care", channel: "post", status, changedAt: NOW }]);
  });

  it.each([
    ["DoNotUse", "AskCustomer"],
    ["BrandOnly", "ForPartners"],
  ] as const)("%s that became %s is told as a change and as no decision", async (from, to) => {
    const { emulator, session, feed } = await open([CUSTOMER_ID]);
    await addWritten({ session, optIns: { OptinPostal: from } });
    emulator.customers.changeOptIns({ customerId: CUSTOMER_ID, optIns: { OptinPostal: to } });
    const [change, ...others] = await list(feed);
    expect([change?.decision, others]).toEqual([undefined, []]);
  });

  it("a no to an opt-in of several purposes refuses each of them, and a yes grants none", async () => {
    const { emulator, session, feed } = await open([CUSTOMER_ID], { optIns: { news: { email: "OptinPostal", sms: "OptinMobile" }, care: "OptinPostal" } });
    await addWritten({ session, optIns: { OptinPostal: "BrandOnly" } });
    emulator.customers.changeOptIns({ customerId: CUSTOMER_ID, optIns: { OptinPostal: "DoNotUse" } });
    expect(new Set((await list(feed)).map(({ decision }) => decision?.purpose))).toEqual(new Set(["care", "news"]));
    const { emulator: other, session: second, feed: next } = await open([CUSTOMER_ID], { optIns: { news: { email: "OptinPostal", sms: "OptinMobile" }, care: "OptinPostal" } });
    await addWritten({ session: second, optIns: { OptinPostal: "DoNotUse" } });
    other.customers.changeOptIns({ customerId: CUSTOMER_ID, optIns: { OptinPostal: "BrandOnly" } });
    expect((await list(next)).map(({ decision }) => decision)).toEqual([undefined]);
  });

  it("is listed again by the same name while the record stays as it is", async () => {
    const { emulator, session, feed } = await open([CUSTOMER_ID]);
    await addWritten({ session, optIns: { OptinPostal: "DoNotUse" } });
    emulator.customers.changeOptIns({ customerId: CUSTOMER_ID, optIns: { OptinPostal: "BrandOnly" } });
    const [first, second] = [await list(feed), await list(feed)];
    expect(second).toEqual(first);
  });

  it("names nobody in its cursors and change ids", async () => {
    const { emulator, session, feed } = await open([CUSTOMER_ID]);
    await addWritten({ session });
    emulator.customers.changeOptIns({ customerId: CUSTOMER_ID, optIns: { OptinEmail: "DoNotUse" } });
    const [change] = await list(feed);
    expect(`${change?.cursor} ${change?.changeId}`).not.toMatch(/ines@|inès|canari|\+336/i);
  });
});

describe("what comes back as a decision", () => {
  const settings = makeSettings();
  const catalogue = catalogueOf(purpose("email", ["email"]));
  const changesOf = (till: Till): unknown[] => listTillChanges({ last: readLastWritten({ settings, stored: till.stored }), optIns: readOptInSet(till.stored).optIns }).slice();

  it.each([
    ["DoNotUse", "withdrawn"],
    ["AskCustomer", "invalidated"],
  ] as const)("is told no more when %s is ours, and holds against every yes that is not newer", (optIn, status) => {
    const till = openTill({ settings, catalogue });
    till.send(state("email", "given", 10));
    till.change(50, { OptinEmail: optIn });
    expect(changesOf(till)).toEqual(["OptinEmail"]);
    till.send(state("email", status, 50));
    expect(changesOf(till)).toEqual([]);
    expect(till.send(state("email", "given", 40)).target.optIns.OptinEmail).toBe(optIn);
    expect(till.send(state("email", "given", 60)).target.optIns.OptinEmail).toBe("BrandOnly");
  });

  it("stays the till's when our no is older than the record's last change", () => {
    const till = openTill({ settings, catalogue });
    till.send(state("email", "given", 10));
    till.change(50, { OptinEmail: "DoNotUse" });
    till.send(state("email", "withdrawn", 30));
    expect(changesOf(till)).toEqual(["OptinEmail"]);
    expect(till.send(state("email", "given", 40)).target.optIns.OptinEmail).toBe("DoNotUse");
  });
});

describe("the round", () => {
  const refuse = async ({ emulator, session }: Tenant, ids: readonly string[]): Promise<void> => {
    for (const customerId of ids) {
      await addWritten({ session, customerId });
      emulator.customers.changeOptIns({ customerId, optIns: { OptinPostal: "DoNotUse" } });
    }
  };

  it("begins behind the cursor and comes back to it, so that nothing is passed over", async () => {
    const ids = ["C1", "C2", "C3"];
    const tenant = await open(ids);
    await refuse(tenant, ids);
    const cursors = async (cursor: string | null): Promise<string[]> => (await list(tenant.feed, cursor)).map((change) => change.cursor);
    expect(await cursors(null)).toEqual(ids);
    expect(await cursors("C1")).toEqual(["C2", "C3", "C1"]);
    expect(await cursors("C3")).toEqual(ids);
    expect(await cursors("C9")).toEqual(ids);
  });

  it("asks for each customer once, wherever it begins", async () => {
    const ids = Array.from({ length: 25 }, (_unused, index) => `C${index}`);
    const tenant = await open(ids);
    for (const customerId of ids) tenant.emulator.customers.add({ CustomerId: customerId, LastName: "Example", UsualStoreId: "001" });
    await list(tenant.feed, "C3");
    expect(tenant.emulator.calls.count("GetCustomerDetail")).toBe(25);
  });

  it("leaves out who is not there, is closed, or was never written by us", async () => {
    const tenant = await open(["C1", "C2", "C3", "C4", "C1"]);
    await refuse(tenant, ["C1", "C2"]);
    tenant.emulator.customers.close("C2");
    tenant.emulator.customers.add({ CustomerId: "C4", LastName: "Stranger", OptinPostal: "DoNotUse", UsualStoreId: "001" });
    expect((await list(tenant.feed)).map(({ cursor }) => cursor)).toEqual(["C1"]);
  });

  it("breaks where Y2 breaks, and never just ends", async () => {
    const tenant = await open(["C1", "C2"]);
    await refuse(tenant, ["C1", "C2"]);
    tenant.emulator.faults.strike({ fault: { kind: "serverError", status: 503 } });
    expect(await codeOf(list(tenant.feed))).toMatchObject({ code: "unavailable", operation: "changeFeed.listChanges" });
  });

  it("takes no cursor that is none of ours", async () => {
    const { feed } = await open(["C1"]);
    expect(await codeOf(list(feed, "what another system printed"))).toMatchObject({ code: "invalidInput", fieldNames: ["cursor"] });
  });

  it("is not offered without a list, or without slots that say what we wrote", async () => {
    const tenant = await open([]);
    expect(createChangeFeed(tenant.open({}))).toBeNull();
    expect(createChangeFeed(tenant.open({ customerList: () => listOf(), slots: undefined }))).toBeNull();
  });
});
