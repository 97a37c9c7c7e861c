import { ConnectorError } from "@volenti/core/adapter";
import { describe, expect, it } from "vitest";
import { emailOf, itemOf, openY2Brand, OWN_ID, REF, type Y2Brand } from "./support/y2-brand.ts";
import { keepFollowUps } from "./support/keep-follow-ups.ts";

const DELAY_IN_MS = 30_000;
const INES = { givenName: "Inès", familyName: "Moreau", email: "ines@example.com" };
const SMS_NO = itemOf({ decisions: [{ channel: "sms", status: "withdrawn", at: 1 }] });

/** A brand whose customer said yes to text messages, and whose clock stands still while anybody sleeps. */
async function openHeld(): Promise<Y2Brand> {
  const brand = await openY2Brand({ options: { reassertRefusalsAfterInMs: DELAY_IN_MS } });
  await brand.write(itemOf({ profile: INES, decisions: [{ channel: "sms", status: "given" }] }));
  brand.clock.sleep = () => new Promise(() => {});
  return brand;
}

function putBack(brand: Y2Brand): void {
  brand.emulator.customers.changeOptIns({ customerId: OWN_ID, optIns: { OptinMobile: "BrandOnly" } });
}

describe("a refusal that the ledger has down for a second look", () => {
  it("is written again by another process, when the one that wrote it is gone", async () => {
    const brand = await openHeld();
    const ledger = keepFollowUps(brand.clock);
    const gone = brand.open({}, ledger.of("gone"));
    await gone.intake.write({ items: [SMS_NO], heads: [] });
    await gone.close();
    putBack(brand);
    const next = brand.open({}, ledger.of("next"));
    expect(await next.settleFollowUps?.({})).toEqual({ done: 0, failed: 0 });
    brand.clock.advance(DELAY_IN_MS);
    expect(await next.settleFollowUps?.({})).toEqual({ done: 1, failed: 0 });
    expect(brand.record()).toMatchObject({ OptinMobile: "DoNotUse" });
    expect(ledger.kept.size).toBe(0);
  });

  it("is looked at by one of two processes", async () => {
    const brand = await openHeld();
    const ledger = keepFollowUps(brand.clock);
    const processes = ["a", "b"].map((holder) => brand.open({}, ledger.of(holder)));
    await processes[0]?.intake.write({ items: [SMS_NO], heads: [] });
    putBack(brand);
    brand.clock.advance(DELAY_IN_MS);
    brand.calls();
    const reports = await Promise.all(processes.map(async (each) => each.settleFollowUps?.({})));
    expect(reports.map((report) => report?.done)).toEqual(expect.arrayContaining([0, 1]));
    expect(brand.calls()).toEqual(["GetCustomerDetail", "UpdateCustomer", "GetCustomerDetail"]);
  });

  it("is left to another process once the lease of one that could not do it has ended", async () => {
    const brand = await openHeld();
    const ledger = keepFollowUps(brand.clock);
    const [first, second] = ["a", "b"].map((holder) => brand.open({}, ledger.of(holder)));
    await first?.intake.write({ items: [SMS_NO], heads: [] });
    putBack(brand);
    brand.clock.advance(DELAY_IN_MS);
    brand.emulator.faults.strike({ fault: { kind: "resetBeforeApply" }, times: 1, when: { operations: ["GetCustomerDetail"] } });
    expect(await first?.settleFollowUps?.({})).toEqual({ done: 0, failed: 1 });
    expect(await second?.settleFollowUps?.({})).toEqual({ done: 0, failed: 0 });
    brand.clock.advance(3_600_000);
    expect(await second?.settleFollowUps?.({})).toEqual({ done: 1, failed: 0 });
    expect(brand.record()).toMatchObject({ OptinMobile: "DoNotUse" });
  });

  it("gives way to a yes that came after it", async () => {
    const brand = await openHeld();
    const ledger = keepFollowUps(brand.clock);
    const connector = brand.open({}, ledger.of("a"));
    await connector.intake.write({ items: [SMS_NO], heads: [] });
    await connector.intake.write({ items: [itemOf({ decisions: [{ channel: "sms", status: "given", at: 2 }] })], heads: [] });
    brand.clock.advance(DELAY_IN_MS);
    expect(await connector.settleFollowUps?.({})).toEqual({ done: 1, failed: 0 });
    expect(brand.record()).toMatchObject({ OptinMobile: "BrandOnly" });
  });

  it("is kept by refs and ids, with no value that a person gave", async () => {
    const brand = await openHeld();
    const ledger = keepFollowUps(brand.clock);
    const item = itemOf({ identifiers: [emailOf("ines@example.com")], profile: { ...INES, givenName: "Canary" }, decisions: [{ channel: "sms", status: "refused", at: 1 }] });
    await brand.open({}, ledger.of("a")).intake.write({ items: [item], heads: [] });
    const [kept] = ledger.kept.values();
    expect(kept).toMatchObject({ subjectRef: REF, document: { customerId: OWN_ID, states: [{ purpose: "news", channel: "sms", status: "refused" }] } });
    expect(JSON.stringify(kept)).not.toMatch(/Canary|Moreau|ines@/);
  });

  it("is delivered all the same where the ledger does not answer", async () => {
    const brand = await openHeld();
    const plan = async (): Promise<never> => {
      throw new ConnectorError({ code: "unavailable", connectorId: "ledger", operation: "followUps.plan" });
    };
    const connector = brand.open({}, { ...keepFollowUps(brand.clock).of("a"), plan });
    const [outcome] = await connector.intake.write({ items: [SMS_NO], heads: [] });
    expect(outcome).toMatchObject({ status: "written", decisions: [{ outcome: "applied" }] });
  });
});
