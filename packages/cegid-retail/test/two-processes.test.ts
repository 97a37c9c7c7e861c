import * as fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import type { SubjectWriteV1, WriteOutcomeV1 } from "@volenti/core/adapter";
import { fuzzRuns } from "../../../tools/test-support/hostile/survive.ts";
import { keepFollowUps } from "./support/keep-follow-ups.ts";
import { optionsFor } from "./support/open-folder.ts";
import { takeTurns } from "./support/take-turns.ts";
import { emailOf, itemOf, openY2Brand, OWN_ID, type DecisionTold, type Y2Brand } from "./support/y2-brand.ts";

// Work on a machine that other suites use at the same time.
vi.setConfig({ testTimeout: fuzzRuns(60_000) });

const INES = { givenName: "Inès", familyName: "Moreau", email: "ines@example.com" };
const BY_EMAIL = [emailOf("ines@example.com")];
const DELAY_IN_MS = 30_000;
const TURNS = fc.array(fc.constantFrom<0 | 1>(0, 1), { maxLength: 16 });

/** Who is there when the two begin. */
const PLACES: readonly (readonly [string, (brand: Y2Brand) => Promise<unknown> | string])[] = [
  ["nobody was there", async (): Promise<void> => {}],
  ["a customer whom we named was there", (brand) => brand.write(itemOf({ profile: INES, decisions: [{ channel: "post", status: "given", at: -60 }] }))],
  ["a customer who carries our link was there", (brand) => addCustomer(brand, { Barcode: OWN_ID })],
  ["a customer with the address was there", (brand) => addCustomer(brand)],
];

function addCustomer(brand: Y2Brand, values: Parameters<Y2Brand["emulator"]["customers"]["add"]>[0] = {}): string {
  return brand.emulator.customers.add({ LastName: "Moreau", UsualStoreId: "001", EmailData: { Email: "ines@example.com" }, ...values });
}

/** Two processes write an item each, request by request in that order; then whatever was planned for later is done. */
async function race(request: { brand: Y2Brand; turns: readonly (0 | 1)[]; items: readonly [SubjectWriteV1, SubjectWriteV1] }): Promise<readonly (WriteOutcomeV1 | undefined)[]> {
  const { brand, turns, items } = request;
  const { urls, end } = await takeTurns({ emulator: brand.emulator, turns });
  const ledger = keepFollowUps(brand.clock);
  const write = async (process: 0 | 1): Promise<WriteOutcomeV1 | undefined> => {
    const { baseUrl } = optionsFor({ emulator: brand.emulator, url: urls[process] });
    const connector = brand.open({ baseUrl, reassertRefusalsAfterInMs: DELAY_IN_MS }, ledger.of(`process ${process}`));
    const [outcome] = await connector.intake.write({ items: [items[process]], heads: [] });
    end(process);
    return outcome;
  };
  const outcomes = await Promise.all([write(0), write(1)]);
  brand.clock.advance(DELAY_IN_MS);
  await brand.open({ reassertRefusalsAfterInMs: DELAY_IN_MS }, ledger.of("a later process")).settleFollowUps?.({});
  return outcomes;
}

async function openPlace(place: (brand: Y2Brand) => Promise<unknown> | string): Promise<Y2Brand> {
  const brand = await openY2Brand();
  await place(brand);
  brand.clock.sleep = () => new Promise(() => {});
  return brand;
}

function itemsOf(first: DecisionTold, second: DecisionTold): readonly [SubjectWriteV1, SubjectWriteV1] {
  const common = { identifiers: BY_EMAIL, profile: INES };
  return [itemOf({ ...common, decisions: [first] }), itemOf({ ...common, decisions: [second] })];
}

describe("two processes that write one customer at once", () => {
  it.each(PLACES)("leave one record, and the no that came last, where %s", async (_name, place) => {
    await fc.assert(
      fc.asyncProperty(TURNS, fc.boolean(), async (turns, isSecond) => {
        const brand = await openPlace(place);
        const [yes, no] = [{ status: "given", at: 1 }, { status: "withdrawn", at: 2 }] as const;
        const outcomes = await race({ brand, turns, items: isSecond ? itemsOf(yes, no) : itemsOf(no, yes) });
        expect(outcomes.map((outcome) => outcome?.status)).toEqual(["written", "written"]);
        expect(brand.emulator.customers.list().map(({ OptinEmail }) => OptinEmail)).toEqual(["DoNotUse"]);
      }),
      { numRuns: fuzzRuns(25) },
    );
  });

  it.each(PLACES)("leave one record with the no of each, where they decide of two channels and %s", async (_name, place) => {
    await fc.assert(
      fc.asyncProperty(TURNS, async (turns) => {
        const brand = await openPlace(place);
        const outcomes = await race({ brand, turns, items: itemsOf({ channel: "sms", status: "withdrawn", at: 1 }, { channel: "email", status: "withdrawn", at: 1 }) });
        expect(outcomes.map((outcome) => outcome?.status)).toEqual(["written", "written"]);
        expect(brand.emulator.customers.list().map(({ OptinEmail, OptinMobile }) => [OptinEmail, OptinMobile])).toEqual([["DoNotUse", "DoNotUse"]]);
      }),
      { numRuns: fuzzRuns(25) },
    );
  });
});
