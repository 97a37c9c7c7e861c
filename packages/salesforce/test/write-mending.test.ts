import { expect, test } from "vitest";
import { NEWS, openBrand, submissionOf, type Brand } from "./support/open-brand.ts";

const email = "ines@example.com";

async function collectMany(brand: Brand, submissions: readonly Record<string, unknown>[]): Promise<string[]> {
  const outcomes: string[] = [];
  for await (const { destinations, outcome } of brand.volenti.collectMany(submissions)) outcomes.push(destinations[0]?.outcome ?? outcome);
  return outcomes;
}

test("a family name that the org does not take costs that attribute alone", async () => {
  const brand = await openBrand();
  const field = brand.emulator.org.schema.objects.get("Contact")?.fields.get("LastName");
  Object.assign(field ?? {}, { length: 12 });
  expect(await collectMany(brand, [submissionOf({ email, profile: { givenName: "Inès", familyName: "Moreau-Delacroix", email } })])).toEqual(["partlyApplied"]);
  expect(brand.rows("Contact")).toMatchObject([{ FirstName: "Inès", LastName: "(not given)", Email: email }]);
});

test("a customer from before whose Individual is locked is linked by the next try", async () => {
  const brand = await openBrand();
  const IndividualId = brand.emulator.org.insert({ objectName: "Individual", values: { LastName: "Old" } });
  brand.emulator.org.insert({ objectName: "Contact", values: { LastName: "Old", Email: email, IndividualId } });
  brand.emulator.faults.lockRows({ objectName: "Individual", times: 1 });
  expect(await collectMany(brand, [submissionOf({ email, decisions: [{ ...NEWS, status: "refused" }] })])).toEqual(["applied"]);
  expect(brand.rows("Contact")).toMatchObject([{ LastName: "Moreau", IndividualId, HasOptedOutOfEmail: true }]);
});

test("an older value loses also where the org has no rules and nobody is matched", async () => {
  const brand = await openBrand({ options: { staleWriteGuard: "readThenWrite", matchKeys: [] } });
  brand.emulator.org.schema.objects.get("Contact")?.validationRules.clear();
  await collectMany(brand, [submissionOf({ email, at: -10_000 })]);
  expect(await collectMany(brand, [submissionOf({ email, at: -20_000, profile: { givenName: "Older" } })])).toEqual(["superseded"]);
  expect(brand.rows("Contact")).toMatchObject([{ FirstName: "Inès" }]);
});

test("a value of the wrong type in a field of the brand's costs no other customer theirs", async () => {
  const brand = await openBrand({ options: { fieldMap: { gender: "Birthdate" } } });
  const outcomes = await collectMany(brand, [
    submissionOf({ email, profile: { familyName: "Moreau", email, gender: "female" } }),
    submissionOf({ email: "jo@example.com", profile: { familyName: "Petit", email: "jo@example.com" } }),
  ]);
  expect(outcomes).toEqual(["partlyApplied", "applied"]);
  expect(brand.rows("Contact")).toMatchObject([{ LastName: "Moreau" }, { LastName: "Petit" }]);
});
