import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ConfigurationError, type PurposeDemand, type RegimeOverride, type RegimeRow, type VolentiConfiguration } from "@volenti/core";
import { regimeRules } from "@volenti/jurisdictions";
import { createBrand } from "./support/create-brand.ts";
import { makeDecision, makeSubmission, type Decision } from "./support/make-submission.ts";

const base = { key: "news", version: "1", basis: "consent", mechanism: "optIn", attributes: ["email"], label: { en: "News" } } as const;
const notice = { id: "signup", version: "3", locale: "fr-FR", purposes: ["news"], standalone: true, firstLayer: "a", text: "b", policyUrl: "https://example.com" } as const;

type Regimes = NonNullable<VolentiConfiguration["regimes"]>;

async function missingOf(request: {
  regimes?: Regimes;
  purpose?: object;
  decision?: Decision;
  submission?: Record<string, unknown>;
  standalone?: boolean;
}): Promise<{ missing: readonly string[]; reasons: readonly string[]; status: string }> {
  const { regimes = { rules: regimeRules }, purpose = {}, decision = {}, submission = {}, standalone = true } = request;
  const { volenti } = createBrand({
    configuration: { purposes: [{ ...base, ...purpose }], notices: [{ ...notice, standalone }], residency: "none", routes: [{ to: ["eu"] }], regimes },
  });
  const result = await volenti.collect(makeSubmission({ ...submission, decisions: [makeDecision({ purpose: "news", channel: undefined, ...decision })] }));
  expect(result.problems).toEqual([]);
  const { missing = [], reasons = [], status = "" } = result.decisions[0] ?? {};
  return { missing, reasons, status };
}

const email = { purpose: { channels: ["email"] }, decision: { channel: "email" } };

describe("what a law asks of a grant", () => {
  it.each<[string, Parameters<typeof missingOf>[0], string[]]>([
    ["in Germany is a double opt-in for marketing by e-mail", { ...email, submission: { country: "DE" } }, ["doubleOptIn"]],
    ["in France is none for it", email, []],
    ["in the EEA is a notice apart from other matters, with no residency rules too", { ...email, standalone: false }, ["standalone"]],
    ["in Russia is a consent of its own", { ...email, submission: { country: "RU" } }, ["separate"]],
    ["in China is an explicit one, and for those who receive the data a separate one", { purpose: { recipients: ["partner"], kind: "analytics" }, submission: { country: "CN" } }, ["explicit", "separate"]],
    ["in Iran is nothing that is known here", { submission: { country: "IR" } }, []],
    ["of a young German is a guardian", { ...email, decision: { channel: "email", confirmation: { state: "confirmed", sentAt: "2026-11-21T10:00:00.000Z", via: "email" }, status: "confirmed" }, submission: { country: "DE", subject: { identifiers: [{ kind: "email", value: "jo@example.com" }], ageBand: "13-15" } } }, ["guardian"]],
    ["of a young Californian is a guardian for a sale", { purpose: { kind: "sale" }, submission: { country: "US", subdivision: "US-CA", subject: { identifiers: [{ kind: "email", value: "jo@example.com" }], ageBand: "13-15" } } }, ["guardian"]],
    ["of the same for a loyalty account is nothing of that law", { purpose: { kind: "loyalty" }, submission: { country: "US", subdivision: "US-CA", subject: { identifiers: [{ kind: "email", value: "jo@example.com" }], ageBand: "13-15" } } }, []],
    ["of a purpose whose kind nobody can tell is what any kind asks", { submission: { country: "US", subdivision: "US-CA", subject: { identifiers: [{ kind: "email", value: "jo@example.com" }], ageBand: "13-15" } } }, ["guardian"]],
  ])("%s", async (_name, request, expected) => {
    const { missing, status } = await missingOf(request);
    expect(missing).toEqual(expected);
    expect(status === "requested").toBe(expected.length > 0);
  });

  it("is what the purpose demands itself where the configuration names no regimes", async () => {
    const { volenti } = createBrand({ configuration: { purposes: [{ ...base, channels: ["email"] }], notices: [notice] } });
    const result = await volenti.collect(makeSubmission({ country: "DE", decisions: [makeDecision({ purpose: "news" })] }));
    expect(result.decisions).toMatchObject([{ status: "given" }]);
  });

  it("may be read otherwise by the brand, whose reason is in the result", async () => {
    const overrides: RegimeOverride[] = [{ row: "de-double-opt-in", reason: "Counsel, 2 October 2026: proved by the till's signature", applies: false }];
    const answer = await missingOf({ ...email, submission: { country: "DE" }, regimes: { rules: regimeRules, overrides } });
    expect(answer).toMatchObject({ status: "given", missing: [], reasons: ["override:de-double-opt-in:Counsel, 2 October 2026: proved by the till's signature"] });
    expect((await missingOf({ ...email, regimes: { rules: regimeRules, overrides } })).reasons).toEqual([]);
  });

  it("lets a purpose demand something of a region that only the regimes know", async () => {
    expect((await missingOf({ ...email, purpose: { channels: ["email"], demands: { EU: { explicit: true } } } })).missing).toEqual(["explicit"]);
  });

  it("joins what the purpose demands, whatever the brand reads otherwise", async () => {
    const overrides: RegimeOverride[] = [{ row: "de-double-opt-in", reason: "counsel", applies: false }];
    const purpose = { channels: ["email"], demands: { DE: { doubleOptIn: true } } };
    expect((await missingOf({ ...email, purpose, submission: { country: "DE" }, regimes: { rules: regimeRules, overrides } })).missing).toEqual(["doubleOptIn"]);
  });
});

describe("a regime's row more", () => {
  const demand = fc.record(
    { explicit: fc.boolean(), separate: fc.boolean(), doubleOptIn: fc.boolean(), standalone: fc.boolean(), guardianBelow: fc.integer({ min: 1, max: 21 }) },
    { requiredKeys: [] },
  ) as fc.Arbitrary<PurposeDemand>;
  const row = fc.record({
    places: fc.subarray(["EU", "FR", "DE", "US", "US-CA"], { minLength: 1 }),
    concerns: fc.option(fc.subarray(["directMarketing", "sale", "disclosure", "sensitiveData"] as const, { minLength: 1 }), { nil: undefined }),
    channels: fc.option(fc.subarray(["email", "phone"], { minLength: 1 }), { nil: undefined }),
    demand,
  });
  const toRows = (drafts: readonly (typeof row extends fc.Arbitrary<infer Draft> ? Draft : never)[]): RegimeRow[] =>
    drafts.map(({ places, concerns, channels, demand: asked }, index) => ({
      id: `row-${index}`,
      law: "law",
      places,
      ...(concerns === undefined ? {} : { concerns }),
      ...(channels === undefined ? {} : { channels }),
      rule: { about: "demand", demand: asked },
      source: "source",
      checkedAt: "2026-11",
      certainty: "C",
    }));

  it("never lets through what was held back without it", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { maxLength: 4 }),
        row,
        fc.constantFrom("FR", "DE", "US", "CN"),
        fc.record({ explicit: fc.boolean(), separate: fc.boolean() }),
        fc.constantFrom("under13", "16-17", "adult", "unknown"),
        async (rows, more, country, given, ageBand) => {
          const ask = (drafts: Parameters<typeof toRows>[0]): ReturnType<typeof missingOf> =>
            missingOf({
              purpose: { channels: ["email"] },
              decision: { channel: "email", ...given },
              submission: { country, subject: { identifiers: [{ kind: "email", value: "jo@example.com" }], ageBand } },
              regimes: { rules: { rows: toRows(drafts), regions: regimeRules.regions } },
              standalone: false,
            });
          const [fewer, greater] = [await ask(rows), await ask([...rows, more])];
          expect(fewer.missing.filter((lack) => !greater.missing.includes(lack))).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe("a configuration of regimes", () => {
  it.each<[string, Regimes, string]>([
    ["with an override of a row that is none", { rules: regimeRules, overrides: [{ row: "de-single-opt-in", reason: "r", applies: false }] }, "regimes.overrides[0].row unknownRow"],
    ["with an override without a reason", { rules: regimeRules, overrides: [{ row: "de-double-opt-in", reason: " ", applies: false }] }, "regimes.overrides[0].reason required"],
    ["with an override of what the row does not answer", { rules: regimeRules, overrides: [{ row: "de-double-opt-in", reason: "r", period: "P1Y" }] }, "regimes.overrides[0] overrideChangesNothing"],
    ["with two overrides of one row", { rules: regimeRules, overrides: [{ row: "de-phone-proof", reason: "r", period: "P6Y" }, { row: "de-phone-proof", reason: "r", applies: false }] }, "regimes.overrides[1].row duplicateOverride"],
    ["with a row whose demand is misspelt", { rules: { ...regimeRules, rows: [{ ...regimeRules.rows[0]!, rule: { about: "demand", demand: { explict: true } } }] } } as never, "regimes.rules.rows[0].rule.demand unknownKey"],
    ["with a row for nowhere", { rules: { ...regimeRules, rows: [{ ...regimeRules.rows[0]!, places: ["ZZ"] }] } }, "regimes.rules.rows[0].places unknownPlace"],
    ["with one row twice", { rules: { ...regimeRules, rows: [regimeRules.rows[0]!, regimeRules.rows[0]!] } }, "regimes.rules.rows duplicateRow"],
    ["without rules", {} as Regimes, "regimes.rules required"],
  ])("%s is refused", (_name, regimes, expected) => {
    try {
      createBrand({ configuration: { regimes } });
      expect.unreachable();
    } catch (error) {
      if (!ConfigurationError.isInstance(error)) throw error;
      expect(error.problems.map(({ path, code }) => `${path} ${code}`)).toEqual([expected]);
    }
  });

  it("reads the kind of a purpose without changing what was locked", () => {
    const digestOf = (kind: object): string => createBrand({ configuration: { purposes: [{ ...base, ...kind }], notices: [notice] } }).volenti.catalogue.purposes[0]?.sha256 ?? "";
    expect(digestOf({ kind: "loyalty" })).toBe(digestOf({}));
  });
});
