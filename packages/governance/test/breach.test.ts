import { describe, expect, it } from "vitest";
import type { AffectedPerson, BreachPack } from "@volenti/governance";
import { NOW, openShop, type Shop } from "./support/open-shop.ts";

const HOUR = 3_600_000;
const YESTERDAY = NOW - 24 * HOUR;

async function packOf(request: { shop: Shop; destinationId?: string }): Promise<{ pack: BreachPack; people: AffectedPerson[] }> {
  const people: AffectedPerson[] = [];
  const { shop, destinationId = "ledger" } = request;
  const pack = await shop.governance.breach({ destinationId, since: YESTERDAY, discoveredAt: NOW, onPerson: (person) => void people.push(person) });
  return { pack, people };
}

describe("the pack for the first hours after a breach", () => {
  it("counts people by attribute, age and country, and tells refs and names, never a value", async () => {
    const shop = openShop();
    await shop.submit();
    await shop.submit({ email: "joao@example.com", country: "BR" });
    const { pack, people } = await packOf({ shop });
    expect(pack).toMatchObject({ people: 2, erasedSince: 0, listedBy: "itself", region: "FR" });
    expect(pack.attributes).toMatchObject([{ attribute: "email", category: "contact", sensitivity: "normal", people: 2 }, { attribute: "givenName", people: 2 }]);
    expect(pack.jurisdictions.map(({ country, people: count, isController }) => [country, count, isController])).toEqual([["FR", 1, true], ["BR", 1, false]]);
    expect(new Map(people.map(({ country, attributes, status }) => [country, [attributes, status]]))).toEqual(
      new Map([
        ["BR", [["email", "givenName"], "held"]],
        ["FR", [["email", "givenName"], "held"]],
      ]),
    );
    expect(JSON.stringify([pack, people])).not.toContain("example.com");
  });

  it("dates duties from the discovery: hours to the hour, working days past the weekend", async () => {
    const shop = openShop();
    await shop.submit({ country: "BR" });
    const { pack } = await packOf({ shop });
    const dueAt = (id: string): number | null | undefined => pack.jurisdictions.flatMap(({ duties }) => duties).find((duty) => duty.id === id)?.dueAt;
    expect(dueAt("gdpr-authority")).toBe(NOW + 72 * HOUR);
    // The 21st of November 2026 is a Saturday: three working days end with Wednesday.
    expect(new Date(dueAt("br-authority") ?? 0).toISOString()).toBe("2026-11-25T23:59:59.999Z");
    expect(dueAt("gdpr-people")).toBeNull();
  });

  it("includes the controller's own law where nobody affected lives there", async () => {
    const shop = openShop();
    await shop.submit({ country: "BR" });
    const { pack } = await packOf({ shop });
    expect(pack.jurisdictions[0]).toMatchObject({ country: "FR", people: 0, isController: true });
  });

  it("says of a country without a row that no row is known", async () => {
    const shop = openShop();
    await shop.submit({ country: "AR" });
    const { pack } = await packOf({ shop });
    expect(pack.jurisdictions.find(({ country }) => country === "AR")).toMatchObject({ people: 1, duties: [] });
  });

  it("counts who was erased since, whose attributes nobody knows any more", async () => {
    const shop = openShop();
    await shop.submit();
    await shop.governance.erase({ identifier: { kind: "email", value: "ines@example.com" }, requestedAt: NOW });
    const { pack, people } = await packOf({ shop });
    expect(pack).toMatchObject({ people: 1, erasedSince: 1 });
    expect(people).toMatchObject([{ status: "erasedSince", attributes: [] }]);
  });

  it("is about whoever was held or erased from its first instant to its last", async () => {
    let now = YESTERDAY;
    const shop = openShop({ now: () => now });
    await shop.submit({ occurredAt: "2026-11-20T10:00:00.000Z" });
    await shop.submit({ email: "zoe@example.com", occurredAt: "2026-11-20T10:00:00.000Z" });
    await shop.governance.erase({ identifier: { kind: "email", value: "zoe@example.com" }, requestedAt: now });
    now = NOW;
    await shop.submit({ email: "olga@example.com" });
    const countsOf = async (since: number, until: number) => {
      const { people, erasedSince } = await shop.governance.breach({ destinationId: "ledger", since, until });
      return [people, erasedSince];
    };
    expect(await countsOf(YESTERDAY, NOW)).toEqual([3, 1]);
    expect(await countsOf(YESTERDAY, NOW - 1)).toEqual([2, 1]);
    expect(await countsOf(YESTERDAY, YESTERDAY)).toEqual([2, 1]);
    expect(await countsOf(YESTERDAY + 1, NOW)).toEqual([2, 0]);
  });

  it("has the duties of a country's subdivisions, too, and says that nobody knows who lives there", async () => {
    const shop = openShop();
    await shop.submit({ country: "US" });
    const { pack } = await packOf({ shop });
    const american = pack.jurisdictions.find(({ country }) => country === "US");
    expect(american?.duties.map(({ id, place }) => [id, place])).toEqual(expect.arrayContaining([["us-ca-people", "US-CA"], ["us-states", "US"]]));
    expect(pack.limits).toContain("subdivisionNotKnown");
  });

  it("leaves test people out", async () => {
    const shop = openShop();
    await shop.submit({ test: true });
    expect((await packOf({ shop })).pack.people).toBe(0);
  });

  it("asks the ledger whom a destination holds that cannot list anybody", async () => {
    const shop = openShop({ change: ({ ledger, crm }) => ({ ledger, crm: { ...crm, population: undefined } }) });
    await shop.submit();
    const { pack } = await packOf({ shop, destinationId: "crm" });
    expect(pack).toMatchObject({ people: 1, listedBy: ["ledger"] });
    expect(pack.limits).toContain("attributesByLedger");
  });

  it("is no pack where nobody can say, or the list breaks off", async () => {
    const shop = openShop({ change: ({ crm }) => ({ crm: { ...crm, population: undefined } }) });
    await expect(packOf({ shop, destinationId: "crm" })).rejects.toMatchObject({ code: "unsupported" });
    const broken = openShop();
    await broken.submit();
    broken.ledger.fail({ kind: "unavailable" });
    await expect(packOf({ shop: broken })).rejects.toMatchObject({ code: "unavailable" });
  });
});
