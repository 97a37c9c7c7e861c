import { describe, expect, test } from "vitest";
import { EVENTS, NEWS, openBrand, SMS, submissionOf, type Brand } from "./support/open-brand.ts";

const DECISIONS = [{ ...NEWS, status: "given" }, { ...SMS, status: "refused" }];
const CONSENTS = "ContactPointTypeConsent";
const IN_THE_LOG = "VolentiDecision__c";

async function collectMany(brand: Brand, submissions: readonly Record<string, unknown>[]): Promise<string[]> {
  const outcomes: string[] = [];
  for await (const { destinations, outcome } of brand.volenti.collectMany(submissions)) outcomes.push(destinations[0]?.code ?? destinations[0]?.outcome ?? outcome);
  return outcomes;
}

const customers = (length: number): Record<string, unknown>[] =>
  Array.from({ length }, (_, index) => submissionOf({ email: `customer${index}@example.com`, decisions: DECISIONS }));

describe("a row lock", () => {
  test.each(["Individual", "Contact", CONSENTS, IN_THE_LOG])("of %s is waited for, and nothing is doubled", async (objectName) => {
    const brand = await openBrand();
    brand.emulator.faults.lockRows({ objectName, times: 1 });
    const outcomes = await collectMany(brand, customers(20));
    expect(outcomes.every((outcome) => outcome === "applied" || outcome === "unchanged")).toBe(true);
    expect(brand.rows("Contact")).toHaveLength(20);
    expect(brand.rows(CONSENTS)).toHaveLength(40);
    expect(brand.rows(IN_THE_LOG)).toHaveLength(40);
  });
});

describe("a lost answer", () => {
  test.each([{ kind: "resetAfterApply" }, { kind: "resetBeforeApply" }, { kind: "malformedJson" }] as const)(
    "$kind: the same write comes again, and nothing is lost or doubled",
    async (fault) => {
      const brand = await openBrand();
      brand.emulator.faults.strike({ fault, times: 1, when: { method: "POST", pathIncludes: "/composite" } });
      await collectMany(brand, customers(5));
      await collectMany(brand, customers(5));
      expect(brand.rows("Contact")).toHaveLength(5);
      expect(brand.rows(CONSENTS)).toHaveLength(10);
      const [first] = brand.rows(IN_THE_LOG);
      expect(new Set(brand.rows(IN_THE_LOG).map((row) => row["VolentiDecisionId__c"])).size).toBe(brand.rows(IN_THE_LOG).length);
      expect(first).toBeDefined();
    },
  );
});

test("an answer with fewer results than rows is one of none of them: nobody knows which is missing", async () => {
  const brand = await openBrand();
  brand.alter(async (answer) => {
    const text = await answer.text();
    const { status, headers } = answer;
    return new Response(text.includes("compositeResponse") ? withoutFirstResults(text) : text, { status, headers });
  });
  const outcomes = await collectMany(brand, customers(2));
  expect(outcomes).toEqual(["outcomeUnknown", "outcomeUnknown"]);
});

/** Lets something happen to the answers of calls that wrote. */
function alterWrites(brand: Brand, change: (parts: readonly object[]) => readonly object[] | null): void {
  brand.alter(async (answer) => {
    const text = await answer.text();
    const { status, headers } = answer;
    const isWrite = text.includes("compositeResponse") && text.includes('"success"');
    const parts = isWrite ? change((JSON.parse(text) as { compositeResponse: object[] }).compositeResponse) : null;
    return new Response(parts === null ? text : JSON.stringify({ compositeResponse: parts }), { status, headers });
  });
}

test("an answer that leaves out a part of what was written is one of none of it", async () => {
  const brand = await openBrand({ configuration: { retry: { maxAttempts: 1 } } });
  alterWrites(brand, (parts) => parts.slice(1));
  expect(await collectMany(brand, customers(2))).toEqual(["outcomeUnknown", "outcomeUnknown"]);
});

test("of a batch of which one call's answer was lost, what was not sent is told as not written", async () => {
  const brand = await openBrand({ configuration: { retry: { maxAttempts: 1 } } });
  let calls = 0;
  alterWrites(brand, () => ((calls += 1) === 1 ? [] : null));
  const outcomes: string[] = [];
  for await (const { destinations } of brand.volenti.collectMany(customers(200), { batchSize: 200 })) outcomes.push(`${destinations[0]?.outcome} ${destinations[0]?.code}`);
  expect(new Set(outcomes)).toEqual(new Set(["unknown outcomeUnknown", "unavailable unavailable"]));
  expect(outcomes.filter((outcome) => outcome === "unknown outcomeUnknown")).toHaveLength(brand.rows("Contact").length);
});

function withoutFirstResults(text: string): string {
  const { compositeResponse } = JSON.parse(text) as { compositeResponse: { body: unknown }[] };
  return JSON.stringify({ compositeResponse: compositeResponse.map((part) => ({ ...part, body: Array.isArray(part.body) && part.body.length > 1 ? part.body.slice(1) : part.body })) });
}

describe("the session", () => {
  test("that expired is renewed once, and the write goes on", async () => {
    const brand = await openBrand();
    await brand.collect(submissionOf({ email: "ines@example.com", decisions: DECISIONS }));
    brand.emulator.faults.expireSessions();
    expect((await brand.collect(submissionOf({ email: "jo@example.com", decisions: DECISIONS }))).outcome).toBe("delivered");
  });

  test("that is refused for ever ends the write, undelivered and without a loop", async () => {
    const brand = await openBrand();
    brand.emulator.faults.setSessionsRefused(true);
    const outcomes = await collectMany(brand, customers(3));
    expect(new Set(outcomes)).toEqual(new Set(["unauthenticated"]));
    expect(brand.rows("Contact")).toEqual([]);
  });
});

describe("the org's answer", () => {
  test.each([
    { fault: { kind: "htmlPage" } },
    { fault: { kind: "redirect", to: "https://elsewhere.example/" } },
    { fault: { kind: "unavailable", body: "html" } },
    { fault: { kind: "edgeUnrouted" } },
  ] as const)("$fault.kind delivers nothing, tells nobody's data, and the file can be sent again", async ({ fault }) => {
    const brand = await openBrand();
    const struck = brand.emulator.faults.strike({ fault });
    const file = customers(3);
    const outcomes = await collectMany(brand, file);
    expect(outcomes.some((outcome) => outcome === "applied")).toBe(false);
    expect(JSON.stringify(outcomes)).not.toContain("customer0");
    struck.clear();
    expect(new Set(await collectMany(brand, file))).toEqual(new Set(["applied"]));
  });

  test("of a daily limit that is reached inside a file fails what was not written, and only that", async () => {
    const brand = await openBrand({ options: { callReserve: 0 } });
    brand.emulator.faults.setDailyLimit(brand.emulator.calls.total() + 2);
    const file = customers(200);
    const outcomes = await collectMany(brand, file);
    const applied = outcomes.filter((outcome) => outcome === "applied").length;
    expect(applied).toBeGreaterThan(0);
    expect(applied).toBe(brand.rows("Contact").length);
    expect(new Set(outcomes.filter((outcome) => outcome !== "applied"))).toEqual(new Set(["rateLimited"]));
    brand.emulator.faults.setDailyLimit(100_000);
    brand.pass(60 * 60_000);
    await collectMany(brand, file);
    expect(brand.rows("Contact")).toHaveLength(200);
    expect(brand.rows(IN_THE_LOG)).toHaveLength(400);
  });
});

describe("a row that the org refuses for good", () => {
  test("costs that customer alone", async () => {
    const brand = await openBrand();
    const [first] = customers(1);
    await collectMany(brand, [first ?? {}]);
    const ref = String(brand.rows("Contact")[0]?.["VolentiRef__c"]);
    brand.emulator.faults.refuseKey({ value: ref });
    const outcomes = await collectMany(brand, [
      submissionOf({ email: "customer0@example.com", at: -50_000, profile: null, decisions: [{ ...EVENTS, status: "refused" }] }),
      submissionOf({ email: "jo@example.com", decisions: [{ ...EVENTS, status: "refused" }] }),
    ]);
    expect(outcomes).toEqual(["forbidden", "applied"]);
  });

  test("for a duplicate rule is a conflict, unless the brand lets an alert pass", async () => {
    const strict = await openBrand({ org: { duplicateRule: "alert" }, options: { matchKeys: [] } });
    strict.emulator.org.insert({ objectName: "Contact", values: { LastName: "Old", Email: "ines@example.com" } });
    const submission = submissionOf({ email: "ines@example.com", decisions: [{ ...SMS, status: "given" }] });
    expect((await strict.collect(submission)).destinations).toMatchObject([{ code: "conflict" }]);
    const lenient = strict.open({ duplicateRules: "allowSave" });
    expect((await lenient.collect(submission)).outcome).toBe("delivered");
  });

  test("for a status that the org does not list is an error for that customer", async () => {
    const brand = await openBrand();
    const field = brand.emulator.org.schema.objects.get(CONSENTS)?.fields.get("PrivacyConsentStatus");
    if (field !== undefined) field.picklist = ["NotSeen", "Seen", "OptIn"];
    const outcomes = await collectMany(brand, [
      submissionOf({ email: "ines@example.com", decisions: [{ ...NEWS, status: "refused" }] }),
      submissionOf({ email: "jo@example.com", decisions: [{ ...NEWS, status: "given" }] }),
    ]);
    expect(outcomes[0]).not.toBe("applied");
    expect(outcomes[1]).toBe("applied");
  });

  test("for storage that is full says so", async () => {
    const brand = await openBrand();
    brand.emulator.faults.setStorageFull(true);
    const result = await brand.collect(submissionOf({ email: "ines@example.com", decisions: DECISIONS }));
    expect(result.outcome).toBe("undelivered");
    expect(JSON.stringify(result)).not.toContain("ines@");
  });
});

test("two processes that write one customer at once, in any order, leave what core says", async () => {
  const brand = await openBrand();
  const other = brand.open();
  await brand.collect(submissionOf({ email: "ines@example.com" }));
  const statuses = ["given", "refused", "given", "withdrawn", "renewed", "refused"];
  await Promise.all(
    statuses.map((status, index) => {
      const writer = index % 2 === 0 ? brand.volenti : other;
      return writer.collect(submissionOf({ email: "ines@example.com", at: -50_000 + ((index * 7) % 6) * 1000, profile: null, decisions: [{ ...NEWS, status }] }));
    }),
  );
  expect(brand.rows(CONSENTS)).toMatchObject([{ VolentiStatus__c: "refused", PrivacyConsentStatus: "OptOut" }]);
  expect(brand.rows("Contact")).toMatchObject([{ HasOptedOutOfEmail: true }]);
  expect(brand.rows(IN_THE_LOG)).toHaveLength(statuses.length);
});
