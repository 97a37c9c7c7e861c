import { describe, expect, test } from "vitest";
import { askingFor, EVENTS, NEWS, openBrand, SMS, submissionOf, type Brand } from "./support/open-brand.ts";

const CONSENTS = "ContactPointTypeConsent";

async function collectMany(brand: Brand, submissions: readonly Record<string, unknown>[]): Promise<string[]> {
  const outcomes: string[] = [];
  for await (const { destinations, outcome } of brand.volenti.collectMany(submissions, { batchSize: 1000 })) {
    outcomes.push(destinations[0]?.code ?? destinations[0]?.outcome ?? outcome);
  }
  return outcomes;
}

test("customers with more consents than one page of an answer holds are settled", { timeout: 60_000 }, async () => {
  const purposes = Array.from({ length: 6 }, (_, index) => ({ purpose: `marketing.p${index}`, channel: "email" }));
  const brand = await openBrand({ configuration: askingFor(purposes.map(({ purpose }) => ({ key: purpose, version: "1", basis: "consent", mechanism: "optIn", channels: ["email"], attributes: ["email"], label: { en: purpose } }))) });
  const file = (at: number, status: string): Record<string, unknown>[] =>
    Array.from({ length: 380 }, (_, index) =>
      submissionOf({ email: `c${index}@example.com`, at, profile: { email: `c${index}@example.com` }, decisions: purposes.map((purpose) => ({ ...purpose, status })) }),
    );
  expect(new Set(await collectMany(brand, file(-60_000, "refused")))).toEqual(new Set(["applied"]));
  expect(new Set(await collectMany(brand, file(-50_000, "given")))).toEqual(new Set(["applied"]));
  expect(brand.rows("Contact").filter((row) => row["HasOptedOutOfEmail"] === true)).toHaveLength(0);
});

test("an address that more records share than a page holds costs that customer alone", { timeout: 60_000 }, async () => {
  const brand = await openBrand();
  for (let index = 0; index < 2100; index += 1) brand.emulator.org.insert({ objectName: "Contact", values: { LastName: "Shop", Email: "shop@example.com" } });
  const outcomes = await collectMany(brand, ["shop@example.com", "jo@example.com"].map((email) => submissionOf({ email, decisions: [{ ...NEWS, status: "refused" }] })));
  expect(outcomes).toEqual(["conflict", "applied"]);
});

test("a refusal of somebody of whom no record is kept is in force without a flag", async () => {
  const email = "jo@example.com";
  const brand = await openBrand({ options: { withoutFamilyName: "individualOnly" } });
  const [outcome] = await collectMany(brand, [submissionOf({ email, profile: { email }, decisions: [{ ...NEWS, status: "refused" }] })]);
  expect(outcome).toBe("applied");
});

describe("what follows the rows", () => {
  test("fails those alone whom it is about", async () => {
    const brand = await openBrand({ options: { callReserve: 0 } });
    await collectMany(brand, [submissionOf({ email: "a@example.com", decisions: [{ ...NEWS, status: "refused" }] }), submissionOf({ email: "b@example.com" })]);
    brand.emulator.faults.setDailyLimit(brand.emulator.calls.total() + 2);
    const outcomes = await collectMany(brand, [
      submissionOf({ email: "a@example.com", at: -50_000, profile: null, decisions: [{ ...NEWS, status: "given" }] }),
      submissionOf({ email: "b@example.com", at: -50_000, profile: null, decisions: [{ ...NEWS, status: "refused" }] }),
    ]);
    expect(outcomes).toEqual(["rateLimited", "applied"]);
  });
});

test("near the day's end a file's grants wait, and its refusals are written from the reserve", async () => {
  const brand = await openBrand({ options: { callReserve: 0.5, matchKeys: [] } });
  const people = Array.from({ length: 300 }, (_, index) => index);
  const file = people.map((index) =>
    submissionOf({ email: `c${index}@example.com`, decisions: [{ ...NEWS, status: index < 20 ? "refused" : "given" }, { ...EVENTS, status: index < 20 ? "refused" : "given" }, { ...SMS, status: index < 20 ? "refused" : "given" }] }),
  );
  await brand.collect(submissionOf({ email: "first@example.com" }));
  brand.emulator.faults.setDailyLimit(brand.emulator.calls.total() + 3);
  await brand.collect(submissionOf({ email: "second@example.com" }));
  await collectMany(brand, file);
  expect(brand.rows(CONSENTS).filter((row) => row["PrivacyConsentStatus"] === "OptOut")).toHaveLength(60);
});
