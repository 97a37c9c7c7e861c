import { describe, expect, test } from "vitest";
import { EVENTS, NEWS, openBrand, SMS, submissionOf } from "./support/open-brand.ts";

const IN_THE_LOG = "VolentiDecision__c";
const CONSENTS = "ContactPointTypeConsent";

describe("a new customer", () => {
  test("becomes one Contact with its Individual, a consent row a purpose and channel, and a row a decision", async () => {
    const { collect, rows } = await openBrand();
    const result = await collect(
      submissionOf({ email: "ines@example.com", decisions: [{ ...NEWS, status: "given" }, { ...SMS, status: "refused" }] }),
    );
    expect(result.outcome).toBe("delivered");
    const [contact] = rows("Contact");
    const [individual] = rows("Individual");
    expect(rows("Contact")).toHaveLength(1);
    expect(contact).toMatchObject({ FirstName: "Inès", LastName: "Moreau", Email: "ines@example.com", IndividualId: individual?.["Id"], HasOptedOutOfEmail: false });
    expect(rows(CONSENTS).map((row) => [row["PartyId"], row["VolentiPurpose__c"], row["VolentiChannel__c"], row["PrivacyConsentStatus"], row["ContactPointType"]])).toEqual([
      [individual?.["Id"], "marketing.email", "email", "OptIn", "Email"],
      [individual?.["Id"], "marketing.sms", "sms", "OptOut", null],
    ]);
    expect(new Set(rows(IN_THE_LOG).map((row) => row["VolentiDecisionId__c"]))).toEqual(new Set(result.decisions.map(({ id }) => id)));
  });

  test("has no name in the Individual, and no record where nothing may be stored", async () => {
    const { collect, rows } = await openBrand();
    await collect(submissionOf({ email: "ines@example.com" }));
    await collect(submissionOf({ email: "jo@example.com", profile: null, decisions: [{ ...NEWS, status: "refused" }] }));
    expect(JSON.stringify(rows("Individual"))).not.toMatch(/Moreau|Inès|example/);
    expect(rows("Contact")).toHaveLength(1);
    expect(rows("Individual")).toHaveLength(2);
  });

  test("without a family name gets the placeholder, or no record where the brand says so", async () => {
    const email = "jo@example.com";
    const standard = await openBrand();
    expect((await standard.collect(submissionOf({ email, profile: { email } }))).outcome).toBe("delivered");
    expect(standard.rows("Contact")).toMatchObject([{ LastName: "(not given)", Email: email }]);
    const alone = await openBrand({ options: { withoutFamilyName: "individualOnly" } });
    expect((await alone.collect(submissionOf({ email, profile: { email } }))).outcome).toBe("delivered");
    expect(alone.rows("Contact")).toEqual([]);
    expect(alone.rows("Individual")).toHaveLength(1);
  });
});

describe("the daily budget of calls", () => {
  const submissions = (length: number) =>
    Array.from({ length }, (_, index) =>
      submissionOf({ email: `customer${index}@example.com`, decisions: [{ ...NEWS, status: "given" }, { ...EVENTS, status: index % 2 === 0 ? "given" : "refused" }, { ...SMS, status: "given" }] }),
    );

  test.each([
    { decisionLog: true, most: 17 },
    { decisionLog: false, most: 9 },
  ])("a thousand new customers cost at most $most calls with the log $decisionLog", async ({ decisionLog, most }) => {
    const brand = await openBrand({ options: { decisionLog }, configuration: decisionLog ? {} : { routes: [{ to: ["crm"], history: "latestOnly" }] } });
    const outcomes = new Set<string>();
    for await (const { outcome } of brand.volenti.collectMany(submissions(1000))) outcomes.add(outcome);
    expect([...outcomes]).toEqual(["delivered"]);
    expect(brand.rows("Contact")).toHaveLength(1000);
    expect(brand.rows(CONSENTS)).toHaveLength(3000);
    expect(brand.emulator.calls.total()).toBeLessThanOrEqual(most);
  });

  test("a lone submission of a linked customer costs one call, also in a process that knows nothing of them", async () => {
    const brand = await openBrand();
    await brand.collect(submissionOf({ email: "ines@example.com", decisions: [{ ...NEWS, status: "given" }] }));
    const other = brand.open();
    brand.emulator.calls.reset();
    const result = await other.collect(submissionOf({ email: "ines@example.com", at: -1000, decisions: [{ ...NEWS, status: "withdrawn" }, { ...SMS, status: "given" }] }));
    expect(result.outcome).toBe("delivered");
    expect(brand.emulator.calls.total()).toBe(1);
    expect(brand.rows("Contact")).toMatchObject([{ HasOptedOutOfEmail: true }]);
  });

  test("near its end grants wait, and refusals are written from the reserve", async () => {
    const brand = await openBrand({ options: { callReserve: 0.5 } });
    await brand.collect(submissionOf({ email: "ines@example.com", decisions: [{ ...NEWS, status: "given" }] }));
    brand.emulator.faults.setDailyLimit(brand.emulator.calls.total() + 4);
    await brand.collect(submissionOf({ email: "ines@example.com", at: -50_000, decisions: [{ ...SMS, status: "given" }] }));
    const grant = await brand.collect(submissionOf({ email: "ines@example.com", at: -40_000, profile: null, decisions: [{ ...EVENTS, status: "given" }] }));
    const refusal = await brand.collect(submissionOf({ email: "ines@example.com", at: -30_000, profile: null, decisions: [{ ...NEWS, status: "withdrawn" }] }));
    expect([grant.outcome, refusal.outcome]).toEqual(["undelivered", "delivered"]);
    expect(grant.destinations).toMatchObject([{ outcome: "unavailable" }]);
  });
});

test("a file that is large enough for the brand goes by Bulk API, with the same rows and outcomes", async () => {
  const brand = await openBrand({ options: { bulk: { fromSubmissions: 100 } } });
  const file = Array.from({ length: 100 }, (_, index) =>
    submissionOf({ email: `customer${index}@example.com`, decisions: [{ ...NEWS, status: index % 2 === 0 ? "given" : "refused" }, { ...SMS, status: "given" }] }),
  );
  for (const expected of ["applied", "unchanged"]) {
    const outcomes = new Set<string>();
    for await (const { destinations } of brand.volenti.collectMany(file, { batchSize: 100 })) outcomes.add(destinations[0]?.outcome ?? "none");
    expect([...outcomes]).toEqual([expected]);
  }
  expect(brand.emulator.calls.list().some(({ path }) => path.includes("jobs/ingest"))).toBe(true);
  expect(brand.rows("Contact").filter((row) => row["HasOptedOutOfEmail"] === true)).toHaveLength(50);
  expect(brand.rows(CONSENTS)).toHaveLength(200);
  expect(brand.rows(IN_THE_LOG)).toHaveLength(200);
});

describe("customers who were there before", () => {
  test("are matched by e-mail, whatever its letter case, linked with their Individual, and not doubled", async () => {
    const { collect, rows, emulator } = await openBrand();
    const IndividualId = emulator.org.insert({ objectName: "Individual", values: { LastName: "Old" } });
    emulator.org.insert({ objectName: "Contact", values: { LastName: "Old", Email: "Ines@Example.com", IndividualId } });
    expect((await collect(submissionOf({ email: "ines@example.com", decisions: [{ ...NEWS, status: "given" }] }))).outcome).toBe("delivered");
    expect(rows("Contact")).toMatchObject([{ LastName: "Moreau", IndividualId }]);
    expect(rows("Individual")).toMatchObject([{ LastName: "Old" }]);
    expect(rows(CONSENTS)).toMatchObject([{ PartyId: IndividualId }]);
  });

  test("without an Individual get one", async () => {
    const { collect, rows, emulator } = await openBrand();
    emulator.org.insert({ objectName: "Contact", values: { LastName: "Old", Email: "ines@example.com" } });
    expect((await collect(submissionOf({ email: "ines@example.com" }))).outcome).toBe("delivered");
    expect(rows("Contact")).toMatchObject([{ IndividualId: rows("Individual")[0]?.["Id"] }]);
  });

  test("two who match are a conflict for that customer alone, and nothing of theirs is written", async () => {
    const { volenti, rows, emulator } = await openBrand();
    for (const LastName of ["Old", "Older"]) emulator.org.insert({ objectName: "Contact", values: { LastName, Email: "ines@example.com" } });
    const outcomes: unknown[] = [];
    const batch = ["ines@example.com", "jo@example.com"].map((email) => submissionOf({ email, decisions: [{ ...NEWS, status: "refused" }] }));
    for await (const { destinations } of volenti.collectMany(batch)) outcomes.push(destinations[0]);
    expect(outcomes).toMatchObject([{ outcome: "rejected", code: "conflict" }, { outcome: "applied" }]);
    expect(rows(CONSENTS)).toHaveLength(1);
  });

  test("are left alone where the brand looks nobody up", async () => {
    const { collect, rows, emulator } = await openBrand({ options: { matchKeys: [] } });
    emulator.org.insert({ objectName: "Contact", values: { LastName: "Old", Email: "ines@example.com" } });
    expect((await collect(submissionOf({ email: "ines@example.com", profile: { email: "ines@example.com" } }))).outcome).toBe("delivered");
    expect(rows("Contact")).toHaveLength(2);
  });
});

describe("what stands", () => {
  test("an old yes that arrives late is superseded, and its decision is in the log all the same", async () => {
    const { collect, rows } = await openBrand();
    await collect(submissionOf({ email: "ines@example.com", at: -10_000, decisions: [{ ...NEWS, status: "withdrawn" }] }));
    const late = await collect(submissionOf({ email: "ines@example.com", at: -20_000, profile: null, decisions: [{ ...NEWS, status: "given" }] }));
    expect(late.destinations).toMatchObject([{ outcome: "superseded" }]);
    expect(rows(CONSENTS)).toMatchObject([{ PrivacyConsentStatus: "OptOut" }]);
    expect(rows("Contact")).toMatchObject([{ HasOptedOutOfEmail: true }]);
    expect(rows(IN_THE_LOG)).toHaveLength(2);
  });

  test("a refusal that an agent clicked stands against an older yes, and yields to a newer one", async () => {
    const { collect, rows, emulator, pass } = await openBrand();
    await collect(submissionOf({ email: "ines@example.com", decisions: [{ ...NEWS, status: "given" }] }));
    pass(60_000);
    emulator.org.update({ objectName: CONSENTS, id: String(rows(CONSENTS)[0]?.["Id"]), values: { PrivacyConsentStatus: "OptOut" }, as: "agent" });
    const older = await collect(submissionOf({ email: "ines@example.com", at: 30_000, profile: null, decisions: [{ ...NEWS, status: "given" }] }));
    expect(older.destinations).toMatchObject([{ outcome: "superseded" }]);
    expect(rows(CONSENTS)).toMatchObject([{ PrivacyConsentStatus: "OptOut" }]);
    pass(60_000);
    await collect(submissionOf({ email: "ines@example.com", at: 110_000, profile: null, decisions: [{ ...NEWS, status: "given" }] }));
    expect(rows(CONSENTS)).toMatchObject([{ PrivacyConsentStatus: "OptIn" }]);
  });
});

describe("opt-out flags", () => {
  const email = "ines@example.com";

  test("are set with the refusal, stay while another purpose refuses, and are cleared by the last grant", async () => {
    const { collect, rows } = await openBrand();
    await collect(submissionOf({ email, at: -50_000, decisions: [{ ...NEWS, status: "refused" }, { ...EVENTS, status: "refused" }] }));
    expect(rows("Contact")).toMatchObject([{ HasOptedOutOfEmail: true, DoNotCall: false }]);
    await collect(submissionOf({ email, at: -40_000, profile: null, decisions: [{ ...NEWS, status: "given" }] }));
    expect(rows("Contact")).toMatchObject([{ HasOptedOutOfEmail: true }]);
    await collect(submissionOf({ email, at: -30_000, profile: null, decisions: [{ ...EVENTS, status: "given" }] }));
    expect(rows("Contact")).toMatchObject([{ HasOptedOutOfEmail: false }]);
  });

  test("are not cleared for a moment while another purpose refuses", async () => {
    const { collect, rows, alter } = await openBrand();
    await collect(submissionOf({ email, at: -50_000, decisions: [{ ...NEWS, status: "refused" }, { ...EVENTS, status: "refused" }] }));
    const seen: unknown[] = [];
    alter(async (answer) => {
      seen.push(rows("Contact")[0]?.["HasOptedOutOfEmail"]);
      return answer;
    });
    await collect(submissionOf({ email, at: -40_000, profile: null, decisions: [{ ...NEWS, status: "given" }] }));
    expect(seen.length).toBeGreaterThan(0);
    expect(new Set(seen)).toEqual(new Set([true]));
  });

  test("a refusal that was overtaken leaves no flag behind", async () => {
    const { collect, rows } = await openBrand();
    await collect(submissionOf({ email, at: -10_000, decisions: [{ ...NEWS, status: "given" }] }));
    const late = await collect(submissionOf({ email, at: -20_000, profile: null, decisions: [{ ...NEWS, status: "withdrawn" }] }));
    expect(late.destinations).toMatchObject([{ outcome: "superseded" }]);
    expect(rows("Contact")).toMatchObject([{ HasOptedOutOfEmail: false }]);
  });

  test("one that an agent set yields to no older grant, and to a newer one", async () => {
    const { collect, rows, emulator, pass } = await openBrand();
    await collect(submissionOf({ email, decisions: [{ ...NEWS, status: "given" }] }));
    pass(60_000);
    emulator.org.update({ objectName: "Contact", id: String(rows("Contact")[0]?.["Id"]), values: { HasOptedOutOfEmail: true }, as: "agent" });
    await collect(submissionOf({ email, at: 30_000, profile: null, decisions: [{ ...EVENTS, status: "given" }] }));
    expect(rows("Contact")).toMatchObject([{ HasOptedOutOfEmail: true }]);
    pass(60_000);
    await collect(submissionOf({ email, at: 100_000, profile: null, decisions: [{ ...NEWS, status: "given" }] }));
    expect(rows("Contact")).toMatchObject([{ HasOptedOutOfEmail: false }]);
  });

  test("one that was there before Volenti yields to a grant that is newer than the record, and to no older one", async () => {
    const { collect, rows, emulator, pass } = await openBrand();
    emulator.org.insert({ objectName: "Contact", values: { LastName: "Old", Email: email, HasOptedOutOfEmail: true } });
    await collect(submissionOf({ email, at: -60_000, profile: null, decisions: [{ ...NEWS, status: "given" }] }));
    expect(rows("Contact")).toMatchObject([{ HasOptedOutOfEmail: true }]);
    pass(60_000);
    await collect(submissionOf({ email, at: 50_000, profile: null, decisions: [{ ...NEWS, status: "given" }] }));
    expect(rows("Contact")).toMatchObject([{ HasOptedOutOfEmail: false }]);
  });

  test("a refusal from before there was a record is flagged when the record comes", async () => {
    const { collect, rows } = await openBrand();
    await collect(submissionOf({ email, at: -50_000, profile: null, decisions: [{ ...NEWS, status: "refused" }] }));
    await collect(submissionOf({ email, at: -40_000 }));
    expect(rows("Contact")).toMatchObject([{ HasOptedOutOfEmail: true }]);
  });

  test("hidden from the connector's user, a refusal that needs one is an error, and a grant is none", async () => {
    const { collect } = await openBrand({ org: { hiddenFields: ["Contact.HasOptedOutOfEmail"] } });
    const refusal = await collect(submissionOf({ email, decisions: [{ ...NEWS, status: "refused" }] }));
    expect(refusal.outcome).not.toBe("delivered");
    const grant = await collect(submissionOf({ email: "jo@example.com", decisions: [{ ...NEWS, status: "given" }] }));
    expect(grant.outcome).toBe("delivered");
  });
});

describe("a profile", () => {
  const email = "ines@example.com";

  test("keeps the newer value of each attribute, in whatever order they come, and tells each", async () => {
    const { collect, rows } = await openBrand();
    await collect(submissionOf({ email, at: -10_000, profile: { givenName: "Inès", familyName: "Moreau", email } }));
    const late = await collect(submissionOf({ email, at: -20_000, profile: { givenName: "Old", locale: "fr-FR" } }));
    expect(late.destinations).toMatchObject([{ outcome: "applied" }]);
    expect(rows("Contact")).toMatchObject([{ FirstName: "Inès", VolentiLocale__c: "fr-FR" }]);
  });

  test("a value that the org refuses costs that attribute alone", async () => {
    const { collect, rows } = await openBrand();
    const result = await collect(
      submissionOf({ email, profile: { givenName: "x".repeat(41), familyName: "Moreau", email: "inès@exämple.example", locale: "fr-FR" } }),
    );
    expect(result.destinations).toMatchObject([{ outcome: "partlyApplied", code: "attributesRejected", rejectedAttributes: ["email", "givenName"] }]);
    expect(rows("Contact")).toMatchObject([{ FirstName: null, LastName: "Moreau", VolentiLocale__c: "fr-FR" }]);
    expect(JSON.stringify(result)).not.toMatch(/xxxx|exämple/);
  });

  test.each([true, false])("an address is written with state and country picklists %s", async (addressPicklists) => {
    const { collect, rows } = await openBrand({ org: { addressPicklists } });
    const profile = { familyName: "Moreau", address: { streetAddress: "1 rue de l'Exemple\n2e étage", locality: "Paris", postalCode: "75001", country: "FR" } };
    expect((await collect(submissionOf({ email, profile }))).outcome).toBe("delivered");
    expect(rows("Contact")).toMatchObject([{ MailingCity: "Paris", [addressPicklists ? "MailingCountryCode" : "MailingCountry"]: "FR" }]);
  });

  test("is read first where the org does not guard it", async () => {
    const { collect, rows } = await openBrand({ options: { staleWriteGuard: "readThenWrite" } });
    await collect(submissionOf({ email, at: -10_000, decisions: [{ ...NEWS, status: "withdrawn" }] }));
    const late = await collect(submissionOf({ email, at: -20_000, profile: null, decisions: [{ ...NEWS, status: "given" }] }));
    expect(late.destinations).toMatchObject([{ outcome: "superseded" }]);
    expect(rows(CONSENTS)).toMatchObject([{ PrivacyConsentStatus: "OptOut" }]);
  });
});

test("a whole file learns from the first answer that the org has state and country picklists", async () => {
  const brand = await openBrand({ org: { addressPicklists: true } });
  const file = Array.from({ length: 150 }, (_, index) => {
    const email = `customer${index}@example.com`;
    return submissionOf({ email, profile: { familyName: "Moreau", email, address: { locality: "Paris", country: "FR" } }, decisions: [{ ...NEWS, status: "refused" }] });
  });
  const outcomes = new Set<string>();
  for await (const { destinations } of brand.volenti.collectMany(file)) outcomes.add(destinations[0]?.outcome ?? "none");
  expect([...outcomes]).toEqual(["applied"]);
  expect(brand.rows("Contact").filter((row) => row["MailingCountryCode"] === "FR" && row["HasOptedOutOfEmail"] === true)).toHaveLength(150);
});

describe("a match key that the connector's user does not see", () => {
  const refusal = (email: string): Record<string, unknown> => ({
    ...submissionOf({ email, at: -1000, profile: null, decisions: [{ ...NEWS, status: "refused" }] }),
    subject: { identifiers: [{ kind: "email", value: email }, { kind: "phone", value: "+33199000001" }], ageBand: "adult" },
  });

  test("keeps nobody's refusal from being written whom the ref names", async () => {
    const brand = await openBrand();
    await brand.collect(submissionOf({ email: "ines@example.com" }));
    brand.emulator.org.hideField({ objectName: "Contact", fieldName: "MobilePhone" });
    expect((await brand.collect(refusal("ines@example.com"))).outcome).toBe("delivered");
    expect(brand.rows("Contact")).toMatchObject([{ HasOptedOutOfEmail: true }]);
  });

  test("leaves open whether a new customer is there already, and says so", async () => {
    const brand = await openBrand({ org: { hiddenFields: ["Contact.MobilePhone"] } });
    expect((await brand.collect(refusal("jo@example.com"))).destinations).toMatchObject([{ outcome: "unavailable", code: "invalidConfiguration" }]);
    expect(brand.rows("Individual")).toEqual([]);
  });
});

test("an org whose rule is switched off is read before every write, once a probe has found that out", async () => {
  const brand = await openBrand();
  const rule = brand.emulator.org.schema.objects.get(CONSENTS)?.validationRules.get("VolentiStaleWrite");
  if (rule !== undefined) rule.isActive = false;
  await brand.volenti.destinations.get("crm")?.selfTest?.();
  expect(brand.volenti.destinations.get("crm")?.traits.staleWriteGuard).toBe("readThenWrite");
  await brand.collect(submissionOf({ email: "ines@example.com", at: -10_000, decisions: [{ ...NEWS, status: "withdrawn" }] }));
  await brand.collect(submissionOf({ email: "ines@example.com", at: -20_000, profile: null, decisions: [{ ...NEWS, status: "given" }] }));
  expect(brand.rows(CONSENTS)).toMatchObject([{ PrivacyConsentStatus: "OptOut" }]);
});
