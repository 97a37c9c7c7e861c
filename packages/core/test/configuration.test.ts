import * as z from "zod";
import { residencyRules } from "@volenti/jurisdictions";
import { createMemoryConnector } from "@volenti/memory";
import { describe, expect, it } from "vitest";
import { ConfigurationError, submissionJsonSchema, type ResidencyRules, type VolentiConfiguration } from "@volenti/core";
import { createBrand } from "./support/create-brand.ts";
import { makeDecision, makeSubmission } from "./support/make-submission.ts";

function problemsOf(configuration: Partial<VolentiConfiguration>): string[] {
  try {
    createBrand({ configuration });
    return [];
  } catch (error) {
    if (!ConfigurationError.isInstance(error)) throw error;
    return error.problems.map(({ path, code }) => `${path} ${code}`);
  }
}

const purpose = { key: "news", version: "1", basis: "consent", mechanism: "optIn", attributes: ["email"], label: { en: "News" } } as const;
const notice = { id: "signup", version: "3", locale: "fr-FR", purposes: ["news"], firstLayer: "a", text: "b", policyUrl: "https://example.com" } as const;

const HALF = "\uD800";
// What a file says where a text is asked for: comparing its length throws.
const NO_LENGTH = { length: { toString: 1 } };

describe("a configuration", () => {
  it.each<[string, Record<string, unknown>, string[]]>([
    ["without purposes", { purposes: undefined }, ["purposes required"]],
    ["with a misspelt member", { route: [] }, [" unknownKey"]],
    ["without residency", { residency: undefined }, ["residency required"]],
    ["whose consent is not opt-in", { purposes: [{ ...purpose, mechanism: "optOut" }], notices: [notice] }, ["purposes[0].mechanism consentRequiresOptIn"]],
    ["with one version twice", { purposes: [purpose, purpose], notices: [notice] }, ["purposes[1] duplicateVersion"]],
    ["with a period that is none", { purposes: [{ ...purpose, validity: "2 years" }], notices: [notice] }, ["purposes[0].validity invalidDuration"]],
    ["with a period for a country that is none", { purposes: [{ ...purpose, retentionIn: { ZZ: "P1Y" } }], notices: [notice] }, ["purposes[0].retentionIn.ZZ invalid"]],
    ["with a country's period that is none", { purposes: [{ ...purpose, retentionIn: { DE: "1 year" } }], notices: [notice] }, ["purposes[0].retentionIn.DE invalidDuration"]],
    ["whose notice names an unknown purpose", { purposes: [purpose], notices: [{ ...notice, purposes: ["news", "sale"] }] }, ["notices[0].purposes[1] unknownPurpose"]],
    ["whose notice has no text", { purposes: [purpose], notices: [{ ...notice, text: undefined }] }, ["notices[0].text required"]],
    ["whose notice file nobody read", { purposes: [purpose], notices: [{ ...notice, text: undefined, file: "./a.md" }] }, ["notices[0].text noticeFileNotRead"]],
    ["whose purpose has a key without a length that is one", { purposes: [{ ...purpose, key: NO_LENGTH }], notices: [] }, ["purposes[0] unreadable"]],
    ["whose notice has an id without a length that is one", { purposes: [purpose], notices: [{ ...notice, id: NO_LENGTH }] }, ["notices[0] unreadable"]],
    ["whose controller has a name without a length that is one", { controller: { id: "a", name: NO_LENGTH } }, ["controller unreadable"]],
    ["with a release rule whose id has no length that is one", { release: { rules: [{ id: NO_LENGTH }] } }, ["release.rules[0] unreadable"]],
    ["with half a character in a purpose's label", { purposes: [{ ...purpose, label: { en: HALF } }], notices: [] }, ["purposes[0].label.en loneSurrogate"]],
    ["with half a character in a notice", { purposes: [purpose], notices: [{ ...notice, firstLayer: HALF, text: HALF }] }, ["notices[0].firstLayer loneSurrogate", "notices[0].text loneSurrogate"]],
    ["with half a character in a notice's address", { purposes: [purpose], notices: [{ ...notice, policyUrl: `https://example.com/?${HALF}` }] }, ["notices[0].policyUrl loneSurrogate"]],
    ["with half a character in a purpose that a notice names", { purposes: [purpose], notices: [{ ...notice, purposes: [HALF] }] }, ["notices[0].purposes[0] loneSurrogate"]],
    ["with half a character in a recipient's name", { release: { rules: [], recipients: { [`partner:${HALF}`]: { region: "FR" } } } }, ["release.recipients[0] unknownRecipient"]],
    ["with half a character in a recipient's transfer mechanism", { release: { rules: [], recipients: { [`partner:ad-partner`]: { region: "FR", transferMechanism: HALF } } } }, ["release.recipients.partner:ad-partner.transferMechanism loneSurrogate"]],
    ["with a route to nowhere", { routes: [{ to: ["crm"] }] }, ["routes[0].to unknownDestination"]],
    ["with a country that is none", { routes: [{ countries: ["ZZ"], to: ["eu"] }] }, ["routes[0].countries[0] unknownCountry"]],
    ["with an attribute that is a standard one", { attributes: { email: z.string() } }, ["attributes.email standardAttribute"]],
    ["with an attribute that is no schema", { attributes: { shoeSize: {} } }, ["attributes.shoeSize notAStandardSchema"]],
    ["with an override without a reason", { residency: { rules: residencyRules, overrides: [{ country: "KZ", reason: " ", keepLocal: "no" }] } }, ["residency.overrides[0].reason required"]],
    ["with an override for a country that is none", { residency: { rules: residencyRules, overrides: [{ country: "UK", reason: "our reading", keepLocal: "no" }] } }, ["residency.overrides[0].country unknownCountry"]],
    ["with an override for copies to nowhere", { residency: { rules: residencyRules, overrides: [{ country: "KZ", reason: "our reading", copyTo: { XX: "yes", EU: "yes" } }] } }, ["residency.overrides[0].copyTo.XX unknownRegion"]],
    ["with residency rows of countries that are none", { residency: { rules: { ...residencyRules, rows: ["UK", "EU", "GB", "gb"].map((country) => ({ ...residencyRules.defaultRow, country })) } } }, ["residency.rules.rows[0].country unknownCountry", "residency.rules.rows[3].country unknownCountry"]],
    ["with a residency row for copies to nowhere", { residency: { rules: { ...residencyRules, rows: [{ ...residencyRules.defaultRow, country: "GB", copyTo: { "*": "no", UK: "yes" } }] } } }, ["residency.rules.rows[0].copyTo.UK unknownRegion"]],
    ["with a region of a country that is none", { residency: { rules: { ...residencyRules, regions: { ...residencyRules.regions, GULF: ["AE", "XX"] } } } }, ["residency.rules.regions.GULF[1] unknownCountry"]],
    ["with a destination of another contract", { destinations: { eu: { ...createMemoryConnector({ region: "EU" }), specificationVersion: "v9" } }, routes: [{ to: ["eu"] }] }, ["destinations.eu versionMismatch"]],
    ["whose window to share batches is before now", { batchWindowInMs: -1 }, ["batchWindowInMs outOfRange"]],
    ["whose window to share batches is longer than a minute", { batchWindowInMs: 60_001 }, ["batchWindowInMs outOfRange"]],
    ["whose window to share batches is no number", { batchWindowInMs: "100" }, ["batchWindowInMs wrongType"]],
    ["that counts days in a zone of nowhere", { rights: { timeZone: "Europe/Atlantis" } }, ["rights.timeZone unknownTimeZone"]],
    ["with a holiday that is no day", { rights: { holidays: { FR: ["2026-02-30"] } } }, ["rights.holidays.FR[0] invalidFormat"]],
    ["whose sensitive purpose is unknown", { purposes: [purpose], notices: [notice], rights: { sensitivePurposes: ["profiling"] } }, ["rights.sensitivePurposes[0] unknownPurpose"]],
    ["with a destination nowhere", { destinations: { eu: createMemoryConnector({ region: "Atlantis" }) }, routes: [{ to: ["eu"] }] }, ["destinations.eu.region unknownRegion"]],
  ])("%s is refused before anything is read", (_name, changes, expected) => {
    expect(problemsOf(changes as Partial<VolentiConfiguration>)).toEqual(expected);
  });

  it.each([
    ["a row whose answer is misspelt", { rows: [{ ...residencyRules.defaultRow, country: "RU", keepLocal: "YES" }] }],
    ["a row without its answers", { rows: [{ country: "RU", law: "152-FZ" }] }],
    ["no regions", { regions: undefined }],
    ["no default", { defaultRow: undefined }],
  ])("is refused with residency rules that have %s, which would keep nothing in its country", (_what, change) => {
    const rules = { ...residencyRules, ...change } as unknown as ResidencyRules;
    expect(() => createBrand({ configuration: { residency: { rules } } })).toThrow("residency wrongType");
  });

  it("in which no destination of a route keeps every decision must say so", () => {
    const connector = createMemoryConnector({ region: "EU" });
    const latest = { ...connector, traits: { ...connector.traits, historyDepth: "latestOnly" as const } };
    expect(problemsOf({ destinations: { eu: latest }, routes: [{ to: ["eu"] }] })).toEqual(["routes[0].history noDestinationKeepsEveryDecision"]);
    expect(problemsOf({ destinations: { eu: latest }, routes: [{ to: ["eu"], history: "latestOnly" }] })).toEqual([]);
  });

  it("gives every purpose and notice version a digest of exactly its fields, whatever their order", () => {
    const digest = (configuration: object): string => {
      const { volenti } = createBrand({ configuration: { purposes: [purpose], notices: [notice], ...configuration } });
      return volenti.catalogue.notices[0]!.sha256 + volenti.catalogue.purposes[0]!.sha256;
    };
    const plain = digest({});
    expect(digest({ notices: [Object.fromEntries(Object.entries(notice).toReversed())] })).toBe(plain);
    expect(digest({ notices: [{ ...notice, text: "b." }] })).not.toBe(plain);
    expect(digest({ purposes: [{ ...purpose, retention: "P1Y" }] })).not.toBe(plain);
    expect(digest({ purposes: [{ ...purpose, retentionIn: { DE: "P1Y" } }] })).not.toBe(plain);
  });
});

describe("demands of a purpose", () => {
  const demanding = (demands: Record<string, object>): Partial<VolentiConfiguration> => ({
    purposes: [{ ...purpose, channels: ["email", "phone"], demands }],
    notices: [notice],
  });
  const status = async (demands: Record<string, object>, decision: object, changes: object = {}): Promise<unknown> => {
    const { volenti } = createBrand({ configuration: demanding(demands) });
    const result = await volenti.collect(makeSubmission({ decisions: [makeDecision({ purpose: "news", ...decision })], ...changes }));
    return result.decisions[0]?.missing ?? result.decisions[0]?.status ?? result.problems;
  };

  it("hold where the person is: by country, by region, or everywhere", async () => {
    expect(await status({ DE: { explicit: true } }, {})).toBe("given");
    expect(await status({ FR: { explicit: true } }, {})).toEqual(["explicit"]);
    expect(await status({ EU: { separate: true } }, {})).toEqual(["separate"]);
    expect(await status({ EU: { separate: true }, "*": { explicit: true } }, { separate: true, explicit: true })).toBe("given");
  });

  it("for a double opt-in are met by a confirmation of that channel only", async () => {
    const confirmed = { status: "confirmed", confirmation: { state: "confirmed", sentAt: "2026-11-21T10:00:00.000Z", confirmedAt: "2026-11-21T10:10:00.000Z", via: "email" } };
    expect(await status({ "*": { doubleOptIn: true } }, {})).toEqual(["doubleOptIn"]);
    expect(await status({ "*": { doubleOptIn: true } }, confirmed)).toBe("confirmed");
    expect(await status({ "*": { doubleOptIn: true } }, { ...confirmed, channel: "phone" })).toEqual(["doubleOptIn"]);
    expect(await status({}, { status: "confirmed" })).toEqual([{ path: "decisions[0].confirmation", code: "confirmationRequired" }]);
  });

  it("for a guardian hold for everyone who may be younger, an unknown age included", async () => {
    const guardian = { guardian: { method: "idCheck", verifiedAt: "2026-11-21T10:00:00.000Z" } };
    const aged = (ageBand: string): object => ({ subject: { identifiers: [{ kind: "email", value: "ines@example.com" }], ageBand } });
    expect(await status({ "*": { guardianBelow: 16 } }, {}, aged("13-15"))).toEqual(["guardian"]);
    expect(await status({ "*": { guardianBelow: 16 } }, guardian, aged("13-15"))).toBe("given");
    expect(await status({ "*": { guardianBelow: 16 } }, {}, aged("16-17"))).toBe("given");
    expect(await status({ "*": { guardianBelow: 16 } }, {}, aged("unknown"))).toEqual(["guardian"]);
    expect(await status({ "*": { standalone: true } }, {})).toEqual(["standalone"]);
  });
});

describe("what a grant covers", () => {
  it("is the purpose version that its notice was about, also when the answer comes late", async () => {
    const versions = (covers: string[]): Partial<VolentiConfiguration> => ({
      purposes: [
        { ...purpose, attributes: ["email"] },
        { ...purpose, version: "2", attributes: ["email", "birthdate"], covers },
      ],
      notices: [{ ...notice, purposes: ["news@1"] }],
    });
    for (const [covers, withheld] of [[["1"], 0], [[], 1]] as const) {
      const { volenti, systems } = createBrand({ configuration: versions([...covers]) });
      const result = await volenti.collect(makeSubmission({ profile: { birthdate: "1990-02-03" }, decisions: [makeDecision({ purpose: "news", channel: undefined })] }));
      expect(result.withheld).toHaveLength(withheld);
      expect(JSON.parse(systems["eu"]!.records.decisionsById.get(result.decisions[0]!.id)!.canonical)).toMatchObject({ purpose: { key: "news", version: "1" } });
    }
  });

  it("is narrowed by the attributes that it names, and by nothing that its purpose does not declare", async () => {
    const { volenti } = createBrand();
    const profile = { birthdate: "1990-02-03", address: { locality: "Paris", postalCode: "75001" } };
    const narrowed = (attributes: string[]): object => makeSubmission({ profile, decisions: [makeDecision({ purpose: "profiling", channel: undefined, attributes })] });
    expect((await volenti.collect(narrowed(["address.postalCode"]))).withheld.map(({ attribute }) => attribute)).toEqual(["address.locality", "birthdate"]);
    expect((await volenti.collect(narrowed(["email"]))).problems).toEqual([{ path: "decisions[0].attributes[0]", code: "attributeOutsidePurpose" }]);
    expect((await volenti.collect(narrowed(["*"]))).outcome).toBe("rejected");
  });
});

describe("the brand's own attributes", () => {
  it("are checked by its own schema, and kept only for a purpose that declares them", async () => {
    const { volenti } = createBrand({
      configuration: { attributes: { shoeSize: z.int().min(30).max(50) }, purposes: [{ ...purpose, attributes: ["shoeSize"] }], notices: [notice] },
    });
    const collect = (shoeSize: unknown) => volenti.collect(makeSubmission({ profile: { shoeSize }, decisions: [makeDecision({ purpose: "news", channel: undefined })] }));
    expect((await collect(42)).outcome).toBe("delivered");
    expect((await collect(12)).problems).toEqual([{ path: "profile.shoeSize", code: "invalidValue" }]);
    expect((await collect("4111 1111 1111 1111")).outcome).toBe("rejected");
  });
});

describe("the published JSON Schema", () => {
  it("names every member of a submission, and leaves room for the brand's own attributes", () => {
    const schema = submissionJsonSchema() as {
      properties: { profile: { additionalProperties: unknown } };
      required: string[];
      additionalProperties: boolean;
    };
    expect(schema.required).toEqual(["collectionPoint", "country", "occurredAt", "subject", "submissionId"]);
    expect(schema.additionalProperties).toBe(false);
    expect(schema.properties.profile.additionalProperties).toBe(true);
  });
});
