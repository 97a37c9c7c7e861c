import { createMemoryConnector } from "@volenti/memory";
import { createTestKeyring } from "@volenti/conformance";
import { ConfigurationError, createVolenti, defineConfig, verifyReceipt, webCrypto, type VolentiConfiguration } from "@volenti/core";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { hostileJson, hostileText, spoiledBytes, spoiledJson } from "../../../tools/test-support/hostile/hostile-values.ts";
import { findMarker, MARKER } from "../../../tools/test-support/hostile/marker.ts";
import { fuzzRuns, survive } from "../../../tools/test-support/hostile/survive.ts";
import { createBrand } from "./support/create-brand.ts";
import { makeDecision, makeSubmission } from "./support/make-submission.ts";

vi.setConfig({ testTimeout: fuzzRuns(180_000) });

const never = (): boolean => false;

function personalSubmission(): Record<string, unknown> {
  const email = `${MARKER}@example.com`;
  return makeSubmission({
    subject: { identifiers: [{ kind: "email", value: email }, { kind: "loyaltyId", value: `${MARKER}1` }], ageBand: "adult" },
    profile: { givenName: MARKER, familyName: MARKER, email, locale: "fr-FR", address: { streetAddress: MARKER, locality: MARKER, country: "FR" } },
    decisions: [makeDecision(), makeDecision({ purpose: "profiling", channel: undefined, method: MARKER })],
  });
}

describe("a hostile submission", () => {
  const hostile = fc.oneof(
    spoiledJson(personalSubmission()),
    spoiledJson(personalSubmission()),
    hostileJson.map((text): unknown => JSON.parse(text)),
    fc.tuple(fc.constantFrom("givenName", "familyName", "locale", "birthdate"), hostileText).map(([name, value]) => makeSubmission({ profile: { [name]: value } })),
  );

  it("gets a result of codes: no crash, no prototype touched, no value told", async () => {
    const { volenti } = createBrand();
    const seen = new Set<string | undefined>();
    await fc.assert(
      fc.asyncProperty(hostile, async (submission) => {
        const { answer } = await survive({ run: () => volenti.collect(submission), isOurs: never });
        seen.add(answer?.outcome);
        expect(findMarker(answer)).toBeNull();
        for (const { code } of answer?.problems ?? []) expect(code).toMatch(/^[A-Za-z0-9]+$/);
      }),
      { numRuns: fuzzRuns(400) },
    );
    expect(seen).toEqual(new Set(["rejected", "delivered"]));
  });

  it("is previewed as calmly", async () => {
    const { volenti } = createBrand();
    await fc.assert(
      fc.asyncProperty(hostile, async (submission) => {
        const { answer } = await survive({ run: () => volenti.preview(submission), isOurs: never });
        expect(findMarker(answer)).toBeNull();
      }),
      { numRuns: fuzzRuns(200) },
    );
  });
});

describe("a hostile configuration", () => {
  it("is refused as a configuration error or taken, and never hangs the start", async () => {
    const defaultRow = { country: "*", law: "none", collectElsewhere: "yes", copyTo: { "*": "yes" }, keepLocal: "no", conditions: [], sources: [], checkedAt: "2026-11-01", certainty: "C" };
    const regimeRow = { id: "fr-row", law: "law", places: ["FR", "EU"], concerns: ["directMarketing"], rule: { about: "noReask", period: "P6M" }, source: "source", checkedAt: "2026-11-01", certainty: "B" };
    const plain = {
      controller: { id: "maison-exemple", name: "Maison Exemple", country: "FR", contact: "privacy@example.com", privacyPolicyUrl: "https://example.com/privacy" },
      purposes: [{ key: "loyalty", version: "1", basis: "contract", mechanism: "noticeOnly", attributes: ["givenName", "address.*"], label: { en: "Loyalty" }, retention: "P3Y", retentionIn: { FR: "P1Y", EU: "P2Y" }, validity: "P2Y", demands: { FR: { explicit: true } } }],
      notices: [{ id: "signup", version: "3", locale: "fr-FR", purposes: ["loyalty"], standalone: true, firstLayer: "first", text: "whole", policyUrl: "https://example.com" }],
      routes: [{ countries: ["RU"], to: ["eu"] }, { to: ["eu"] }],
      residency: { rules: { rows: [], defaultRow, regions: { EU: ["FR"] } }, overrides: [{ country: "FR", reason: "reason", keepLocal: "yes" }] },
      identity: { precedence: ["loyaltyId", "email"] },
      release: { rules: [{ id: "rule", effect: "release", match: { recipients: ["eu"], attributes: ["givenName"], purposes: ["loyalty"] } }] },
      retry: { maxAttempts: 1 },
      view: { reasonRequired: true },
      rights: { holidays: { FR: ["2026-12-25"] }, timeZone: "Europe/Paris", sensitivePurposes: ["loyalty"] },
      regimes: { rules: { rows: [regimeRow], regions: { EU: ["FR"] } }, overrides: [{ row: "fr-row", reason: "reason", period: "P1Y" }] },
    };
    let refused = 0;
    const create = (changed: unknown): void => {
      const parts = { destinations: { eu: createMemoryConnector({ region: "EU" }) }, keys: createTestKeyring() };
      const whole = typeof changed === "object" && changed !== null ? { ...changed, ...parts } : changed;
      createVolenti(defineConfig(whole as VolentiConfiguration));
    };
    // Else everything were refused for what is wrong with it already.
    create(structuredClone(plain));
    await fc.assert(
      fc.asyncProperty(spoiledJson(plain), async (changed) => {
        const { error } = await survive({ run: () => create(changed), isOurs: ConfigurationError.isInstance, mayName: true });
        if (error !== null) refused += 1;
      }),
      { numRuns: fuzzRuns(400) },
    );
    expect(refused).toBeGreaterThan(100);
  });
});

describe("a hostile receipt", () => {
  it("is judged and never trusted, whatever was done to it", async () => {
    const { volenti } = createBrand();
    const { receipt } = await volenti.collect(makeSubmission({ profile: { givenName: "Inès" }, decisions: [makeDecision()] }));
    const publicKeys = (await volenti.keyring.describe()).flatMap(({ publicKey }) => publicKey ?? []);
    const text = receipt ?? "";
    const inside = Buffer.from(text, "base64url").toString("utf8");
    const judge = (changed: string) => verifyReceipt({ receipt: changed, publicKeys, crypto: webCrypto });
    expect((await judge(text)).valid).toBe(true);
    const spoiled = fc.oneof(
      spoiledBytes({ text, pieces: [".", "..", "=", "\n"] }).map((bytes) => Buffer.from(bytes).toString("utf8")),
      spoiledBytes({ text: inside, pieces: ["{", "}", ",", "[", ".."] }).map((bytes) => Buffer.from(bytes).toString("base64url")),
      spoiledJson(JSON.parse(inside)).map((value) => Buffer.from(JSON.stringify(value) ?? "").toString("base64url")),
    );
    await fc.assert(
      fc.asyncProperty(spoiled, async (changed) => {
        const { answer } = await survive({ run: () => judge(changed), isOurs: never });
        if (changed.trim() !== text) expect(answer?.valid).toBe(false);
        expect(findMarker(answer)).toBeNull();
      }),
      { numRuns: fuzzRuns(400) },
    );
  });
});
