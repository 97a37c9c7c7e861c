import { describe, expect, it } from "vitest";
import type { CegidRetailConnectorOptions } from "../src/index.ts";
import { keepFollowUps } from "./support/keep-follow-ups.ts";
import { itemOf, openY2Brand, OWN_ID, tell, type DecisionTold, type Y2Brand } from "./support/y2-brand.ts";
import type { OptInField } from "../src/mapping/opt-in-set.ts";

const INES = { givenName: "Inès", familyName: "Moreau", email: "ines@example.com", phoneNumber: "+33639980001" };
const MINUTE_IN_MS = 60_000;
const YES = { status: "given", at: 1 } as const;
const NO = { status: "withdrawn", at: 1 } as const;

type Mode = "reset" | "keep";
type Moment = "before our read" | "before our write" | "before we read back" | "after we read back";

/** A customer whose opt-ins for e-mail and text messages are as told, in a server and a connector of that mode. */
async function openHeld(request: { mode: Mode; checked?: boolean; held: DecisionTold["status"]; serverLagsByInMs?: number; options?: Partial<CegidRetailConnectorOptions> }): Promise<Y2Brand> {
  const { mode: absentValues, checked = false, held, serverLagsByInMs = 0, options } = request;
  let brand: Y2Brand | null = null;
  const behaviour = { absentValues, modificationDate: checked ? "checked" : "ignored" } as const;
  const now = (): number => (brand?.clock.now() ?? Date.UTC(2026, 5, 20, 12, 0, 0)) - serverLagsByInMs;
  brand = await openY2Brand({ folder: { behaviour, now }, options: { absentValues, checksModificationDate: checked, ...options } });
  await brand.write(itemOf({ profile: INES, decisions: [{ status: held, at: -60 }, { channel: "sms", status: held, at: -60 }] }));
  brand.clock.advance(MINUTE_IN_MS);
  return brand;
}

/** Lets a cashier answer for an opt-in at that moment of the next delivery. */
function atTheTill(request: { brand: Y2Brand; moment: Moment; optIn: OptInField; value: "BrandOnly" | "DoNotUse" }): void {
  const { brand: { emulator, clock }, moment, optIn, value } = request;
  const answer = (): void => {
    clock.advance(1000);
    emulator.customers.changeOptIns({ customerId: OWN_ID, optIns: { [optIn]: value } });
  };
  let reads = 0;
  const afterRead = (): void => {
    reads += 1;
    if (reads === 2) answer();
  };
  if (moment === "before our read") emulator.faults.strike({ fault: { kind: "meanwhile", before: answer }, times: 1, when: { operations: ["GetCustomerDetail"] } });
  if (moment === "before our write") emulator.faults.strike({ fault: { kind: "meanwhile", before: answer }, times: 1, when: { operations: ["UpdateCustomer"] } });
  if (moment === "before we read back") emulator.faults.strike({ fault: { kind: "meanwhile", after: answer }, times: 1, when: { operations: ["UpdateCustomer"] } });
  if (moment === "after we read back") emulator.faults.strike({ fault: { kind: "meanwhile", after: afterRead }, when: { operations: ["GetCustomerDetail"] } });
}

const MODES: readonly Mode[] = ["reset", "keep"];
const MOMENTS: readonly Moment[] = ["before our read", "before our write", "before we read back", "after we read back"];
const CHECKED = MODES.flatMap((mode) => MOMENTS.map((moment) => ({ mode, moment, checked: true })));
/** What the record shows of a server that compares nothing: all but the moment between our read and our write. */
const UNCHECKED = CHECKED.filter(({ moment }) => moment !== "before our write").map((each) => ({ ...each, checked: false }));
const ALL = [...CHECKED, ...UNCHECKED];

describe("a no that a cashier takes down", () => {
  it.each(ALL)("$moment stands against our yes to the same (absent values: $mode, dates checked: $checked)", async ({ mode, moment, checked }) => {
    const brand = await openHeld({ mode, checked, held: "given" });
    atTheTill({ brand, moment, optIn: "OptinEmail", value: "DoNotUse" });
    const [outcome] = await brand.write(itemOf({ decisions: [YES] }));
    expect(brand.record()).toMatchObject({ OptinEmail: "DoNotUse", OptinMobile: "BrandOnly" });
    if (moment !== "after we read back") expect(tell(outcome)).toEqual(["superseded"]);
    // The flag that we set with the yes gives way with it.
    if (moment !== "after we read back") expect(brand.record()).toMatchObject({ EmailData: { EmailingAccepted: false } });
    if (moment === "before we read back") expect(outcome).toMatchObject({ folds: [{ field: "OptinEmail", from: "BrandOnly", to: "DoNotUse", reason: "changedMeanwhile" }] });
  });

  it.each(ALL)("$moment stands beside our yes to something else (absent values: $mode, dates checked: $checked)", async ({ mode, moment, checked }) => {
    const brand = await openHeld({ mode, checked, held: "given" });
    atTheTill({ brand, moment, optIn: "OptinMobile", value: "DoNotUse" });
    const [outcome] = await brand.write(itemOf({ profile: { givenName: "Irma" }, decisions: [{ channel: "post", ...YES }] }));
    expect(tell(outcome)).toEqual(["applied"]);
    expect(brand.record()).toMatchObject({ OptinMobile: "DoNotUse", OptinPostal: "BrandOnly", OptinEmail: "BrandOnly", FirstName: "Irma" });
  });

  it.each(MODES)("while our update waits for its turn is heard (absent values: %s)", async (mode) => {
    const brand = await openHeld({ mode, held: "given" });
    const after = (): void => {
      brand.clock.advance(250);
      brand.emulator.customers.changeOptIns({ customerId: OWN_ID, optIns: { OptinMobile: "DoNotUse" } });
    };
    const connector = brand.open({ readAgainAfterInMs: 0 });
    brand.emulator.faults.strike({ fault: { kind: "meanwhile", after }, times: 1, when: { operations: ["GetCustomerDetail"] } });
    await connector.intake.write({ items: [itemOf({ decisions: [{ channel: "post", ...YES }] })], heads: [] });
    expect(brand.record()).toMatchObject({ OptinMobile: "DoNotUse", OptinPostal: "BrandOnly" });
  });

  it.each(MODES)("while Y2 refuses our profile is heard before the rest is sent (absent values: %s)", async (mode) => {
    const brand = await openHeld({ mode, held: "given" });
    brand.emulator.settings.setTables({ languages: ["FRA"] });
    atTheTill({ brand, moment: "before we read back", optIn: "OptinMobile", value: "DoNotUse" });
    const [outcome] = await brand.write(itemOf({ profile: { locale: "en-GB" }, decisions: [{ channel: "post", ...YES }] }));
    expect(outcome).toMatchObject({ status: "written", profile: { locale: "rejected" } });
    expect(brand.record()).toMatchObject({ OptinMobile: "DoNotUse", OptinPostal: "BrandOnly" });
  });

  it.each([{ slots: undefined }, { purposeFields: { news: { email: 1 } } }])("before we read back is the later one, though the server's clock is two minutes slow (%j)", async (options) => {
    const brand = await openHeld({ mode: "reset", held: "refused", serverLagsByInMs: 2 * MINUTE_IN_MS, options });
    atTheTill({ brand, moment: "before we read back", optIn: "OptinEmail", value: "DoNotUse" });
    expect(tell((await brand.write(itemOf({ decisions: [{ status: "given", at: 3660 }] })))[0])).toEqual(["superseded"]);
    expect(brand.record()).toMatchObject({ OptinEmail: "DoNotUse" });
  });

  it("between our read and our write is written over where the server compares nothing and keeps nothing, as the guide says", async () => {
    const brand = await openHeld({ mode: "reset", held: "given" });
    atTheTill({ brand, moment: "before our write", optIn: "OptinMobile", value: "DoNotUse" });
    await brand.write(itemOf({ decisions: [{ channel: "post", ...YES }] }));
    expect(brand.record()).toMatchObject({ OptinMobile: "BrandOnly" });
  });

  it("between our read and our write stands where the server compares nothing and keeps what is left out, unless it is of the very opt-in", async () => {
    for (const [optIn, left] of [["OptinMobile", "DoNotUse"], ["OptinPostal", "BrandOnly"]] as const) {
      const brand = await openHeld({ mode: "keep", held: "given" });
      atTheTill({ brand, moment: "before our write", optIn, value: "DoNotUse" });
      await brand.write(itemOf({ decisions: [{ channel: "post", ...YES }] }));
      expect(brand.record()).toMatchObject({ [optIn]: left });
    }
  });
});

describe("a yes that a cashier takes down", () => {
  it.each(ALL)("$moment gives way to our no to the same, at once or at the second look (absent values: $mode, dates checked: $checked)", async ({ mode, moment, checked }) => {
    const brand = await openHeld({ mode, checked, held: "given" });
    const ledger = keepFollowUps(brand.clock);
    const connector = brand.open({}, ledger.of("a"));
    atTheTill({ brand, moment, optIn: "OptinEmail", value: "BrandOnly" });
    const [outcome] = await connector.intake.write({ items: [itemOf({ decisions: [NO] })], heads: [] });
    expect(tell(outcome)).toEqual(["applied"]);
    if (moment === "before we read back") expect(outcome).toMatchObject({ folds: [{ field: "OptinEmail", from: "BrandOnly", to: "DoNotUse", reason: "refusedAgain" }] });
    brand.clock.advance(MINUTE_IN_MS);
    expect(await connector.settleFollowUps?.({})).toEqual({ done: 1, failed: 0 });
    expect(brand.record()).toMatchObject({ OptinEmail: "DoNotUse", OptinMobile: "BrandOnly" });
  });

  it.each(ALL)("$moment stands beside our no to something else, at the second look too (absent values: $mode, dates checked: $checked)", async ({ mode, moment, checked }) => {
    const brand = await openHeld({ mode, checked, held: "refused" });
    const connector = brand.open({}, keepFollowUps(brand.clock).of("a"));
    atTheTill({ brand, moment, optIn: "OptinMobile", value: "BrandOnly" });
    await connector.intake.write({ items: [itemOf({ decisions: [{ channel: "post", ...NO }] })], heads: [] });
    brand.clock.advance(MINUTE_IN_MS);
    await connector.settleFollowUps?.({});
    expect(brand.record()).toMatchObject({ OptinMobile: "BrandOnly", OptinPostal: "DoNotUse", OptinEmail: "DoNotUse" });
  });

  it.each(MODES)("after our no was looked at again stands, until we hear another one (absent values: %s)", async (mode) => {
    const brand = await openHeld({ mode, held: "given" });
    const connector = brand.open({}, keepFollowUps(brand.clock).of("a"));
    await connector.intake.write({ items: [itemOf({ decisions: [NO] })], heads: [] });
    brand.clock.advance(MINUTE_IN_MS);
    await connector.settleFollowUps?.({});
    brand.emulator.customers.changeOptIns({ customerId: OWN_ID, optIns: { OptinEmail: "BrandOnly" } });
    await connector.intake.write({ items: [itemOf({ decisions: [{ channel: "sms", status: "withdrawn", at: 120 }] })], heads: [] });
    brand.clock.advance(MINUTE_IN_MS);
    expect(await connector.settleFollowUps?.({})).toEqual({ done: 1, failed: 0 });
    expect(brand.record()).toMatchObject({ OptinEmail: "BrandOnly", OptinMobile: "DoNotUse" });
  });
});

describe("the second look", () => {
  it("leaves a cashier's no to something else alone", async () => {
    const brand = await openHeld({ mode: "reset", held: "given" });
    const connector = brand.open({}, keepFollowUps(brand.clock).of("a"));
    await connector.intake.write({ items: [itemOf({ decisions: [NO] })], heads: [] });
    brand.emulator.customers.changeOptIns({ customerId: OWN_ID, optIns: { OptinEmail: "BrandOnly", OptinMobile: "DoNotUse" } });
    brand.clock.advance(MINUTE_IN_MS);
    await connector.settleFollowUps?.({});
    expect(brand.record()).toMatchObject({ OptinEmail: "DoNotUse", OptinMobile: "DoNotUse" });
  });

  it("is planned a minute ahead by default, in one call for all customers of a batch, and never without slots", async () => {
    const brand = await openY2Brand();
    const ledger = keepFollowUps(brand.clock);
    const plans: number[] = [];
    const followUps = ledger.of("a");
    const counting = { ...followUps, plan: async (request: Parameters<typeof followUps.plan>[0]) => { plans.push(request.delayInMs); await followUps.plan(request); } };
    const items = ["a", "b", "c"].map((letter) => itemOf({ ref: `${letter}bcdefghijklmnopqrstuvwxyz`, decisions: [NO] }));
    await brand.open({}, counting).intake.write({ items, heads: [] });
    expect([plans, ledger.kept.size]).toEqual([[MINUTE_IN_MS], 3]);
    await brand.open({ slots: undefined }, counting).intake.write({ items: [itemOf({ decisions: [NO] })], heads: [] });
    expect(plans).toHaveLength(1);
  });
});
