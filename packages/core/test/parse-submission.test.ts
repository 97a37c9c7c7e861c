import { readFileSync } from "node:fs";
import fc from "fast-check";
import * as i18nCountries from "i18n-iso-countries";
import * as z from "zod";
import { describe, expect, it } from "vitest";
import { unreadableInput, type SubmissionResult } from "@volenti/core";
import { isCountryCode } from "../src/model/country-code.ts";
import { createBrand } from "./support/create-brand.ts";
import { makeDecision, makeSubmission } from "./support/make-submission.ts";

const fixtures = new URL("../../../test-fixtures/submissions/", import.meta.url);

interface HostileExpectation {
  readonly line: number;
  readonly name: string;
  readonly path: string;
  readonly expectedCode: string | null;
}

async function preview(input: unknown): Promise<{ outcome: string; problems: readonly { path: string; code: string }[] }> {
  return createBrand().volenti.preview(input);
}

describe("bad input", () => {
  const lines = readFileSync(new URL("hostile.ndjson", fixtures), "utf8").split("\n");
  const expectations = JSON.parse(readFileSync(new URL("hostile-expectations.json", fixtures), "utf8")) as HostileExpectation[];

  it.each(expectations)("of line $line ($name) is told as $expectedCode at '$path'", async ({ line, path, expectedCode }) => {
    const { problems } = await preview(readLine(lines[line - 1] ?? ""));
    expect(problems).toEqual(expectedCode === null ? [] : [{ path, code: expectedCode }]);
  });

  it("is told all at once, of every decision too", async () => {
    const { problems } = await preview(
      makeSubmission({
        country: 7,
        decisions: [makeDecision({ purpose: "selling" }), makeDecision(), makeDecision({ notice: "other" }), makeDecision({ status: "maybe" })],
      }),
    );
    expect(problems.map(({ path, code }) => `${path} ${code}`).toSorted()).toEqual([
      "country wrongType",
      "decisions[0].purpose unknownPurpose",
      "decisions[2] duplicateDecision",
      "decisions[2].notice unknownNotice",
      "decisions[3].status unknownValue",
    ]);
  });

  it("never crashes the parser, and never comes back in what is told", async () => {
    const { volenti } = createBrand();
    await fc.assert(
      fc.asyncProperty(fc.anything({ withBigInt: true, withDate: true, withMap: true, withSparseArray: true }), async (value) => {
        const whole = await volenti.collect(value);
        const inside = await volenti.collect(makeSubmission({ profile: { givenName: value }, decisions: [{ ...makeDecision(), method: value }] }));
        for (const result of [whole, inside]) {
          expect(["rejected", "delivered"]).toContain(result.outcome);
          for (const { path, code } of result.problems) {
            expect(path).toMatch(/^[A-Za-z.[\]0-9]*$/);
            expect(code).toMatch(/^[A-Za-z0-9]+$/);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it("with a stranger's key is told at its parent, and the key is not repeated", async () => {
    const result = await createBrand().volenti.collect(makeSubmission({ profile: { "ines@example.com": 1 }, "Inès Moreau": 2 }));
    expect(result.problems).toEqual([
      { path: "profile", code: "unknownKey" },
      { path: "", code: "unknownKey" },
    ]);
  });

  it("that cannot be read takes its place among the results", async () => {
    const results: SubmissionResult[] = [];
    const inputs = [unreadableInput("malformedJson"), makeSubmission({ decisions: [makeDecision()] }), unreadableInput("lineTooLong")];
    for await (const result of createBrand().volenti.collectMany(inputs)) results.push(result);
    expect(results.map(({ line, outcome, problems }) => [line, outcome, problems[0]?.code])).toEqual([
      [1, "rejected", "malformedJson"],
      [2, "delivered", undefined],
      [3, "rejected", "lineTooLong"],
    ]);
  });

  it("touches no prototype", async () => {
    const polluted = JSON.parse('{"__proto__":{"polluted":1},"profile":{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}}') as object;
    await preview({ ...makeSubmission(), ...polluted });
    await preview(polluted);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });

  it("nested beyond any stack is a result, not a crash", async () => {
    const { volenti } = createBrand({ configuration: { attributes: { notes: z.any() } } });
    const deep = JSON.parse(`${"[".repeat(50_000)}${"]".repeat(50_000)}`) as unknown;
    expect((await volenti.collect(makeSubmission({ profile: { notes: deep } }))).outcome).toBe("rejected");
  });
});

describe("good input", () => {
  it("may hold any script, a name of one letter and a name of two hundred", async () => {
    for (const givenName of ["Ж", "李", "ا", "é", "N".repeat(200), "𠮷", "O'Brien-Müller"]) {
      expect(await preview(makeSubmission({ profile: { givenName } }))).toMatchObject({ outcome: "wouldDeliver" });
    }
    const subject = { identifiers: [{ kind: "email", value: "用户@例え.example" }] };
    expect(await preview(makeSubmission({ subject, decisions: [makeDecision()] }))).toMatchObject({ outcome: "wouldDeliver" });
  });

  it("may leave members undefined, as callers in JavaScript do", async () => {
    const result = await createBrand().volenti.collect(
      makeSubmission({ receivedAt: undefined, profile: { givenName: undefined }, decisions: [makeDecision({ purpose: "profiling", channel: undefined })] }),
    );
    expect(result.outcome).toBe("delivered");
  });

  it("is understood line by line in the demo's file, but for the lines that are bad on purpose", async () => {
    const lines = readFileSync(new URL("demo.ndjson", fixtures), "utf8").trimEnd().split("\n");
    const { badLines } = JSON.parse(readFileSync(new URL("demo-expectations.json", fixtures), "utf8")) as { badLines: { line: number; path: string; code: string }[] };
    const locales = new Set(lines.flatMap((line) => [...line.matchAll(/"locale":"([a-z]{2}-[A-Z]{2})"/g)].map(([, locale]) => locale ?? "")));
    const purposes = ["loyalty", "marketing.email", "marketing.sms", "sale", "profiling"];
    const { volenti } = createBrand({
      destinations: { eu: { region: "EU", transferMechanism: "standardContractualClauses" }, ru: { region: "RU" }, cn: { region: "CN" } },
      configuration: {
        purposes: [
          { key: "loyalty", version: "1", basis: "contract", mechanism: "noticeOnly", attributes: ["*"], label: { en: "a" } },
          { key: "marketing.email", version: "1", basis: "consent", mechanism: "optIn", channels: ["email"], attributes: ["email"], label: { en: "a" } },
          { key: "marketing.sms", version: "1", basis: "consent", mechanism: "optIn", channels: ["sms"], attributes: ["phoneNumber"], label: { en: "a" } },
          { key: "sale", version: "1", basis: "legitimateInterests", mechanism: "optOut", attributes: ["email"], recipients: ["ad-partner"], label: { en: "a" } },
          { key: "profiling", version: "1", basis: "consent", mechanism: "optIn", attributes: ["birthdate", "address.*"], recipients: ["analytics-partner"], label: { en: "a" } },
        ],
        notices: [...locales].map((locale) => ({ id: "signup", version: "3", locale, purposes, firstLayer: "a", text: "b", policyUrl: "https://example.com" })),
        routes: [{ countries: ["RU"], to: ["ru"] }, { countries: ["CN"], to: ["cn"] }, { to: ["eu"] }],
      },
    });
    const rejected: unknown[] = [];
    for await (const { line, outcome, problems } of volenti.collectMany(lines.map(readLine))) {
      if (outcome === "rejected") rejected.push({ line, path: problems[0]?.path, code: problems[0]?.code });
    }
    expect(rejected).toEqual(badLines.map(({ line, path, code }) => ({ line, path, code })));
  });

  it("names countries that ISO 3166 knows", () => {
    const known = new Set([...Object.keys(i18nCountries.getAlpha2Codes()), "XK"]);
    for (let first = 65; first <= 90; first += 1) {
      for (let second = 65; second <= 90; second += 1) {
        const code = String.fromCodePoint(first, second);
        expect([code, isCountryCode(code)]).toEqual([code, known.has(code)]);
      }
    }
  });
});

function readLine(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return unreadableInput("malformedJson");
  }
}

describe("a card number", () => {
  it.each(["4111 1111 1111 1111 123", "4111111111111111 12/27", "2 4111 1111 1111 1111", "4111.1111.1111.1111", "4111  1111  1111  1111", "4111\u00a01111\u00a01111\u00a01111", "4111/1111/1111/1111", "card:378282246310005"])(
    "is refused as %s",
    async (streetAddress) => {
      const { problems } = await preview(makeSubmission({ profile: { address: { streetAddress } } }));
      expect(problems).toEqual([{ path: "profile.address.streetAddress", code: "paymentCardNumber" }]);
    },
  );

  it("is refused among the free words too, and a telephone or loyalty number is none", async () => {
    expect((await preview(makeSubmission({ collectionPoint: "4111 1111 1111 1111", decisions: [makeDecision()] }))).problems).toEqual([{ path: "collectionPoint", code: "paymentCardNumber" }]);
    expect((await preview(makeSubmission({ actor: { kind: "staff", ref: "4111111111111111" }, decisions: [makeDecision()] }))).problems).toEqual([{ path: "actor.ref", code: "paymentCardNumber" }]);
    const subject = { identifiers: [{ kind: "phone", value: "+4111111111111" }, { kind: "loyaltyId", value: "6340041234567890" }] };
    expect((await preview(makeSubmission({ subject, decisions: [makeDecision()] }))).problems).toEqual([]);
  });
});

describe("instants inside decisions", () => {
  it("cannot lie ahead, but for the end of validity", async () => {
    const ahead = "2999-01-01T00:00:00.000Z";
    const { problems } = await preview(
      makeSubmission({
        decisions: [
          makeDecision({ servedAt: ahead, validUntil: ahead, guardian: { method: "call", verifiedAt: ahead } }),
          makeDecision({ purpose: "profiling", channel: undefined, status: "requested", confirmation: { state: "pending", sentAt: ahead } }),
        ],
      }),
    );
    expect(problems.map(({ path, code }) => `${path} ${code}`)).toEqual([
      "decisions[0].servedAt futureInstant",
      "decisions[0].guardian.verifiedAt futureInstant",
      "decisions[1].confirmation.sentAt futureInstant",
    ]);
  });
});

describe("hostile objects", () => {
  it("cannot make a collection reject, nor speak in its result", async () => {
    const trap = new Proxy({}, { get: () => { throw new Error("ines@example.com"); }, ownKeys: () => { throw new Error("ines@example.com"); } });
    const forged = Object.defineProperty({ code: "ines@example.com" }, Symbol.for("volenti.unreadableInput"), { value: true });
    for (const input of [trap, forged, makeSubmission({ profile: trap })]) {
      const result = await createBrand().volenti.collect(input);
      expect(result.outcome).toBe("rejected");
      expect(JSON.stringify(result)).not.toContain("ines@");
    }
  });

  it("keeps what the brand's schema makes of a value, and refuses a schema that answers later", async () => {
    const later = { "~standard": { version: 1, vendor: "test", validate: () => Promise.reject(new Error("later")) } } as const;
    const { volenti, systems } = createBrand({ configuration: { attributes: { sizes: z.object({ shoe: z.int() }), slow: later }, purposes: [{ key: "news", version: "1", basis: "contract", mechanism: "noticeOnly", attributes: ["*"], label: { en: "a" } }], notices: [] } });
    expect((await volenti.collect(makeSubmission({ profile: { sizes: { shoe: 42, diagnosis: "x" } } }))).outcome).toBe("delivered");
    const [person] = [...systems["eu"]!.records.people.values()];
    expect(person!.attributes.get("sizes")?.value).toEqual({ shoe: 42 });
    expect((await volenti.collect(makeSubmission({ profile: { slow: 1 } }))).problems).toEqual([{ path: "profile.slow", code: "asynchronousSchema" }]);
  });
});

describe("what looks the same", () => {
  it("is the same submission, whatever the case of its id", async () => {
    const { volenti } = createBrand();
    const submission = makeSubmission({ submissionId: "5f0f5e0e-6a1e-4a53-9d0b-0f5d3b0c7f11", decisions: [makeDecision()] });
    await volenti.collect(submission);
    const again = await volenti.collect({ ...submission, submissionId: "5F0F5E0E-6A1E-4A53-9D0B-0F5D3B0C7F11" });
    expect(again).toMatchObject({ outcome: "delivered", destinations: [{ outcome: "unchanged" }] });
  });

  it("of a prototype's key inside a brand's attribute is told, and never dropped without a word", async () => {
    const purposes = [{ key: "a", version: "1", basis: "contract", mechanism: "noticeOnly", attributes: ["*"], label: { en: "a" } }] as const;
    const { volenti } = createBrand({ configuration: { attributes: { sizes: z.looseObject({}) }, purposes, notices: [] } });
    const sizes = JSON.parse('{"waist":{"__proto__":{"x":1}}}') as unknown;
    expect((await volenti.collect(makeSubmission({ profile: { sizes } }))).problems).toEqual([{ path: "profile.sizes", code: "unknownKey" }]);
  });

  it("of a grant that still waits for its confirmation, or let it lapse, permits nothing", async () => {
    const { volenti } = createBrand();
    for (const state of ["pending", "lapsed"]) {
      const confirmation = { state, sentAt: "2026-11-21T10:00:00.000Z" };
      const result = await volenti.collect(makeSubmission({ decisions: [makeDecision({ confirmation })] }));
      expect(result.decisions).toMatchObject([{ status: "requested", missing: ["confirmation"] }]);
    }
  });

  it("of full-width digits is a card number", async () => {
    const { problems } = await preview(makeSubmission({ profile: { nickname: "４１１１１１１１１１１１１１１１" } }));
    expect(problems).toEqual([{ path: "profile.nickname", code: "paymentCardNumber" }]);
  });
});
