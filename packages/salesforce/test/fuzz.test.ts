import { ConnectorError, type ConnectorV1 } from "@volenti/core/adapter";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { hostileJson, hostileText, spoiledBytes, spoiledJson } from "../../../tools/test-support/hostile/hostile-values.ts";
import { findMarker, MARKER } from "../../../tools/test-support/hostile/marker.ts";
import { fuzzRuns, survive } from "../../../tools/test-support/hostile/survive.ts";
import { readResultFile } from "../src/bulk/read-result-file.ts";
import { readAnswer } from "../src/transport/read-answer.ts";
import { NEWS, openBrand, submissionOf, type Brand } from "./support/open-brand.ts";

vi.setConfig({ testTimeout: fuzzRuns(180_000) });

const isOurs = (error: unknown): boolean => error instanceof ConnectorError;
const EMAIL = `${MARKER.toLowerCase()}@example.com`;

const ANSWERS: readonly (readonly [string, unknown])[] = [
  ["a query", { totalSize: 1, done: true, records: [{ attributes: { type: "Contact", url: `/x/${MARKER}` }, Id: "003000000000001AAA", Email: EMAIL, LastName: MARKER }] }],
  ["rows", [{ id: "003000000000001AAA", success: false, errors: [{ statusCode: "INVALID_EMAIL_ADDRESS", message: `${MARKER} is no address`, fields: ["Email"] }] }]],
  ["a composite", { compositeResponse: [{ body: [{ id: null, success: false, errors: [{ statusCode: MARKER, message: MARKER, fields: [MARKER] }] }], httpHeaders: {}, httpStatusCode: 400, referenceId: "r0" }] }],
  ["errors", [{ errorCode: "DUPLICATE_VALUE", message: `duplicate value found: ${MARKER}`, fields: [MARKER] }]],
];

describe("an answer of an org that went mad", () => {
  it.each(ANSWERS)("of %s is understood or refused by code, quickly and without a value", async (_what, plain) => {
    const bytes = fc.oneof(
      spoiledBytes({ text: JSON.stringify(plain), pieces: ["{", "}", "[", "]", ",", '"', "<html>", "\uFEFF"] }),
      spoiledJson(plain).map((value) => Buffer.from(JSON.stringify(value) ?? "")),
      hostileJson.map((text) => Buffer.from(text)),
      fc.constant(Buffer.from(`<html><body>${MARKER}</body></html>`)),
    );
    const answer = fc.record({
      bytes,
      status: fc.constantFrom(200, 201, 204, 300, 302, 400, 401, 403, 404, 429, 500, 503),
      headers: fc.record({ "content-type": fc.constantFrom("application/json", "text/html"), "retry-after": hostileText, "sforce-limit-info": hostileText }, { requiredKeys: [] }),
    });
    await fc.assert(
      fc.asyncProperty(answer, fc.constantFrom("json", "text"), async (received, kind) => {
        const call = { operation: "profiles.get", changes: false, ...(kind === "text" ? { answer: "text" as const } : {}) };
        await survive({ run: () => readAnswer({ answer: received, call, now: 0 }), isOurs });
      }),
      { numRuns: fuzzRuns(200) },
    );
  });

  it("as a file of results is read, or refused whole", async () => {
    const csv = `"sf__Id","sf__Error",VolentiRef__c\n"","INVALID_EMAIL_ADDRESS:${MARKER}:Email --",ref-1\n"003","",ref-2\n`;
    await fc.assert(
      fc.asyncProperty(spoiledBytes({ text: csv, pieces: ['"', ",", "\n", "\r\n", '"'.repeat(5000), ",".repeat(5000), ":".repeat(5000)] }), async (bytes) => {
        await survive({ run: () => readResultFile({ csv: Buffer.from(bytes).toString("utf8"), keyField: "VolentiRef__c", operation: "intake.write" }), isOurs });
      }),
      { numRuns: fuzzRuns(300) },
    );
  });

  it("in the midst of any call ends it by code, and a write is never told as done by what it quotes", async () => {
    const brand = await openBrand({ configuration: { retry: { maxAttempts: 1 } } });
    const profile = { givenName: MARKER, familyName: MARKER, email: EMAIL };
    await brand.collect(submissionOf({ email: EMAIL, profile, decisions: [{ ...NEWS, status: "given" }] }));
    const connector = brand.volenti.destinations.get("crm");
    if (connector === undefined) throw new Error("the brand has no org");
    const calls = callsOf({ brand, connector });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...calls.keys()), fc.nat(3), fc.infiniteStream(hostileJson), fc.constantFrom("whole", "inside", "html"), async (name, skipped, texts, how) => {
        let count = 0;
        brand.alter(async (answer) => ((count += 1) > skipped ? spoil({ answer, text: texts.next().value, how, place: count * 7 }) : answer));
        const { answer } = await survive({ run: calls.get(name) ?? (() => null), isOurs });
        brand.alter(null);
        if (name === "collect" || name === "check") expect(findMarker(answer)).toBeNull();
      }),
      { numRuns: fuzzRuns(80) },
    );
  });
});

function callsOf(request: { brand: Brand; connector: ConnectorV1 }): ReadonlyMap<string, () => Promise<unknown>> {
  const { brand, connector } = request;
  const subjectRef = brand.rows("Contact")[0]?.["VolentiRef__c"];
  if (typeof subjectRef !== "string") throw new Error("the org has nobody");
  return new Map<string, () => Promise<unknown>>([
    ["collect", () => brand.collect(submissionOf({ email: EMAIL, profile: { givenName: `${MARKER}2`, email: EMAIL }, decisions: [{ ...NEWS, status: "withdrawn" }] }))],
    ["find", () => connector.profiles.find({ identifier: { kind: "email", value: EMAIL } })],
    ["profile", () => connector.profiles.get({ subjectRef })],
    ["consent", () => connector.consent.getState({ subjectRef, purpose: "marketing.email", channel: "email" })],
    ["check", () => connector.checkConnection()],
    ["plan", async () => connector.provisioning?.plan()],
  ]);
}

async function spoil(request: { answer: Response; text: string; how: "whole" | "inside" | "html"; place: number }): Promise<Response> {
  const { answer, text, how, place } = request;
  const headers = { "content-type": how === "html" ? "text/html" : "application/json" };
  if (how === "html") return new Response(`<html>${MARKER}</html>`, { status: 200, headers });
  if (how === "whole") return new Response(text, { status: answer.status === 204 ? 200 : answer.status, headers });
  const plain = await answer.text();
  // A value in the midst of the answer gives way to a hostile one.
  const values = [...plain.matchAll(/:("(?:[^"\\]|\\.)*"|[\d.]+|true|false|null)/g)];
  const chosen = values[place % Math.max(1, values.length)];
  const body = chosen === undefined ? text : `${plain.slice(0, chosen.index + 1)}${text}${plain.slice(chosen.index + chosen[0].length)}`;
  return new Response(body, { status: answer.status === 204 ? 200 : answer.status, headers });
}

describe("whatever a person wrote", () => {
  /** An address without ids of rows, and the names of the headers. */
  const shapesOf = (sent: Brand["sent"]): string[] =>
    sent.map(({ method, url, headerNames }) => {
      const { pathname, search } = new URL(url);
      return `${method} ${pathname.replaceAll(/[0-9A-Za-z]{15,18}(?=\/|$)/g, "ID")}${search} ${headerNames.toSorted().join(",")}`;
    });

  it("the addresses and headers of calls are those of anybody", async () => {
    const brand = await openBrand();
    const writeAs = async (text: string): Promise<string[]> => {
      brand.sent.length = 0;
      const email = "plain@example.com";
      const profile = { givenName: text, familyName: text, email, address: { streetAddress: text, locality: text } };
      await brand.collect(submissionOf({ email, profile, decisions: [{ ...NEWS, status: "given" }] }));
      await brand.volenti.destinations.get("crm")?.profiles.find({ identifier: { kind: "loyaltyId", value: text } }).catch(() => null);
      return shapesOf(brand.sent);
    };
    await writeAs("plain");
    const usual = new Set([...(await writeAs("plain")), ...(await writeAs("other"))]);
    expect(usual.size).toBeGreaterThan(0);
    const unusual = new Set<string>();
    await fc.assert(
      fc.asyncProperty(hostileText, async (text) => {
        for (const shape of await writeAs(text)) if (!usual.has(shape)) unusual.add(shape);
      }),
      { numRuns: fuzzRuns(60) },
    );
    expect([...unusual].filter((shape) => findMarker(shape) !== null || /[\r\n]/.test(shape))).toEqual([]);
    // What a person's text may bring about: rows that are refused are read again, at addresses of the template.
    for (const shape of unusual) expect(shape).toMatch(/^(?:GET|POST|PATCH|DELETE) \/services\/data\/v[\d.]+\/[A-Za-z_/]+(?:\?allOrNone=(?:true|false))? [a-z,-]+$/);
  });
});
