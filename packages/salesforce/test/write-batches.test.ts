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

test("customers with more consents than one page of an answer holds are settled", async () => {
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

test("an address that more records share than a page holds costs that customer alone", async () => {
  const brand = await openBrand();
  for (let index = 0; index < 2100; index += 1) brand.emulator.org.insert({ objectName: "Contact", values: { LastName: "Shop", Email: "shop@example.com" } });
  const outcomes = await collectMany(brand, ["shop@example.com", "jo@example.com"].map((email) => submissionOf({ email, decisions: [{ ...NEWS, status: "refused" }] })));
  expect(outcomes).toEqual(["conflict", "applied"]);
});

/** A submission from where the org is not on the route, by somebody whom the org knows by the second address. */
function fromElsewhere(request: { name: string; at: number }): Record<string, unknown> {
  const { name, at } = request;
  return {
    ...submissionOf({ email: "ines@example.com", at, profile: null, decisions: [{ ...NEWS, status: "refused" }] }),
    country: "DE",
    subject: { identifiers: [`${name}@example.com`, "ines@example.com"].map((value) => ({ kind: "email", value })), ageBand: "adult" },
  };
}

test("a refusal follows a person whose Individual lost its ref, as merging does", async () => {
  const elsewhere = await openBrand();
  const local = elsewhere.volenti.destinations.get("crm");
  if (local === undefined) throw new Error("no destination");
  const brand = await openBrand({ beside: { local }, configuration: { routes: [{ countries: ["DE"], to: ["local"] }, { to: ["crm"] }] } });
  await brand.collect(submissionOf({ email: "ines@example.com", at: -90_000 }));
  brand.emulator.org.update({ objectName: "Individual", id: String(brand.rows("Individual")[0]?.["Id"]), values: { VolentiRef__c: null } });
  const { destinations } = await brand.collect(fromElsewhere({ name: "one", at: -50_000 }));
  expect(destinations.find(({ id }) => id === "crm")).toMatchObject({ outcome: "applied" });
  expect(brand.rows("Contact")).toMatchObject([{ HasOptedOutOfEmail: true }]);
});

test("two refusals that follow one person are written one after the other, and each is told how it fared", async () => {
  const elsewhere = await openBrand();
  const local = elsewhere.volenti.destinations.get("crm");
  if (local === undefined) throw new Error("no destination");
  const routes = [{ countries: ["DE"], to: ["local"] }, { to: ["crm"] }];
  const brand = await openBrand({ beside: { local }, configuration: { routes } });
  await brand.collect(submissionOf({ email: "ines@example.com", at: -90_000, decisions: [{ ...NEWS, status: "given" }] }));
  brand.emulator.calls.reset();
  const following = ["one", "two"].map((name, index) => fromElsewhere({ name, at: -50_000 - index * 1000 }));
  const told = new Set<unknown>();
  for await (const { destinations } of brand.volenti.collectMany(following)) told.add(destinations.find(({ id }) => id === "crm")?.outcome);
  expect(told).toEqual(new Set(["applied", "superseded"]));
  expect(brand.rows("VolentiDecision__c")).toHaveLength(3);
  expect(brand.rows(CONSENTS)).toMatchObject([{ VolentiStatus__c: "refused" }]);
  expect(brand.emulator.calls.total()).toBeLessThanOrEqual(5);
});

test("a refusal of somebody of whom no record is kept is in force without a flag", async () => {
  const email = "jo@example.com";
  const brand = await openBrand({ options: { withoutFamilyName: "individualOnly" } });
  const [outcome] = await collectMany(brand, [submissionOf({ email, profile: { email }, decisions: [{ ...NEWS, status: "refused" }] })]);
  expect(outcome).toBe("applied");
});

describe("what follows the rows", () => {
  test("fails those alone whom it is about, and never as if their rows were not in", async () => {
    const brand = await openBrand({ options: { callReserve: 0 } });
    await collectMany(brand, [submissionOf({ email: "a@example.com", decisions: [{ ...NEWS, status: "refused" }] }), submissionOf({ email: "b@example.com" })]);
    brand.emulator.faults.setDailyLimit(brand.emulator.calls.total() + 2);
    const outcomes = await collectMany(brand, [
      submissionOf({ email: "a@example.com", at: -50_000, profile: null, decisions: [{ ...NEWS, status: "given" }] }),
      submissionOf({ email: "b@example.com", at: -50_000, profile: null, decisions: [{ ...NEWS, status: "refused" }] }),
    ]);
    expect(outcomes).toEqual(["outcomeUnknown", "applied"]);
    expect(brand.rows(CONSENTS).map((row) => row["VolentiStatus__c"])).toEqual(expect.arrayContaining(["given", "refused"]));
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

test("a customer's number that differs in letter case is another customer's", async () => {
  const brand = await openBrand({ options: { matchKeys: [{ kind: "loyaltyId", field: "Department" }] } });
  brand.emulator.org.insert({ objectName: "Contact", values: { LastName: "Old", Department: "abc-1" } });
  const submission = submissionOf({ email: "ines@example.com" });
  await brand.collect({ ...submission, subject: { identifiers: [{ kind: "loyaltyId", value: "ABC-1" }], ageBand: "adult" } });
  expect(brand.rows("Contact")).toMatchObject([{ LastName: "Old", VolentiRef__c: null }, { LastName: "Moreau" }]);
});

test("a thousand new customers whom nobody looks up cost no call but those that write them", async () => {
  const brand = await openBrand({ options: { matchKeys: [] } });
  const file = Array.from({ length: 1000 }, (_, index) =>
    submissionOf({ email: `c${index}@example.com`, decisions: [{ ...NEWS, status: "given" }, { ...EVENTS, status: index % 2 === 0 ? "given" : "refused" }, { ...SMS, status: "given" }] }),
  );
  expect(new Set(await collectMany(brand, file))).toEqual(new Set(["applied"]));
  expect(brand.emulator.calls.total()).toBeLessThanOrEqual(16);
});

test("a customer with a thousand decisions in one file is written in a few calls, each decision once", async () => {
  const brand = await openBrand();
  const file = Array.from({ length: 1000 }, (_, index) =>
    submissionOf({ email: "ines@example.com", at: -2_000_000 + ((index * 7) % 1000) * 1000, profile: null, decisions: [{ ...NEWS, status: index % 2 === 0 ? "given" : "withdrawn" }] }),
  );
  const outcomes = await collectMany(brand, [submissionOf({ email: "ines@example.com", at: -3_000_000 }), ...file.slice(0, 999)]);
  expect(outcomes.filter((outcome) => !["applied", "superseded"].includes(outcome))).toEqual([]);
  expect(brand.rows("VolentiDecision__c")).toHaveLength(999);
  expect(brand.rows(CONSENTS)).toHaveLength(1);
  expect(brand.emulator.calls.total()).toBeLessThanOrEqual(6);
});

test("customers of one file who gave different attributes each get their own, and keep what they did not give", async () => {
  const brand = await openBrand();
  const write = async (request: { at: number; profiles: readonly Record<string, unknown>[] }): Promise<unknown> => {
    const { at, profiles } = request;
    return collectMany(brand, profiles.map((profile, index) => submissionOf({ email: `c${index}@example.com`, at, profile })));
  };
  const name = { givenName: "Inès", familyName: "Moreau" };
  // Rows stand in the order of refs, which are drawn: whoever comes first lacks something that another one holds.
  const all = (index: number): Record<string, unknown> => ({ ...name, locale: "fr-FR", email: `c${index}@example.com` });
  await write({ at: -90_000, profiles: [0, 1, 2, 3].map(all) });
  await write({ at: -60_000, profiles: [{ ...name, locale: "it-IT" }, { ...name, email: "c1@example.com" }, { givenName: "Zoë" }, { ...name, locale: "de-DE" }] });
  const held = brand.rows("Contact").map((row) => [row["VolentiLocale__c"], row["Email"], row["FirstName"], row["LastName"]]);
  expect(held.toSorted((left, right) => String(left).localeCompare(String(right)))).toEqual([
    ["de-DE", "c3@example.com", "Inès", "Moreau"],
    ["fr-FR", "c1@example.com", "Inès", "Moreau"],
    ["fr-FR", "c2@example.com", "Zoë", "Moreau"],
    ["it-IT", "c0@example.com", "Inès", "Moreau"],
  ]);
});
