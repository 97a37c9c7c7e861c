import fc from "fast-check";
import { applyMasks, RELEASE_MASKS, type ReleaseMask } from "@volenti/core";
import { createTestKeyring } from "@volenti/conformance";
import { describe, expect, it } from "vitest";

const keyring = createTestKeyring();
const recipient = { kind: "partner", id: "ad-partner" } as const;

async function mask(kind: ReleaseMask, value: unknown, id = "ad-partner"): Promise<string | null | undefined> {
  const values = [{ attribute: "email", value: value as string, mask: kind }];
  return (await applyMasks({ values, recipient: { ...recipient, id }, keyring, controllerId: "maison-exemple" }))[0];
}

describe("a mask", () => {
  it.each([
    ["last4", "+33199000001", "****0001"],
    ["last4", "1234567", null],
    ["initial", "Inès", "I."],
    ["initial", "élodie", "É."],
    ["initial", "I", null],
    ["initial", "42 shoes", null],
    ["yearOnly", "1990-02-03", "1990"],
    ["yearOnly", "0000-02-03", null],
    ["yearOnly", "born 1990-02-03", null],
    ["countryOnly", "FR", "FR"],
    ["countryOnly", "fr-CA", "CA"],
    ["countryOnly", "Paris", null],
    ["domainOnly", "ines@example.com", "example.com"],
    ["domainOnly", "ines", null],
    ["domainOnly", 42, null],
    ["last4", { street: "1 rue de l'Exemple" }, null],
  ] as const)("%s of %j is %j", async (kind, value, expected) => {
    expect(await mask(kind, value)).toBe(expected);
  });

  it("never gives the value, nor more of it than it says, whatever the value", async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string({ unit: "grapheme", minLength: 2 }), fc.emailAddress(), fc.integer(), fc.object()), fc.constantFrom(...RELEASE_MASKS), async (value, kind) => {
        const masked = await mask(kind, value);
        if (masked === null || masked === undefined) return;
        const text = typeof value === "string" ? value : JSON.stringify(value);
        const said: Record<ReleaseMask, RegExp> = {
          keyedToken: /^[^.]+\.[a-z2-7]{32}$/,
          countryOnly: /^[A-Z]{2}$/,
          yearOnly: /^\d{4}$/,
          domainOnly: /^[^@]+$/,
          initial: /^.+\.$/u,
          last4: /^\*{4}.{4,}$/su,
        };
        expect(masked).toMatch(said[kind]);
        if (kind === "last4" || kind === "initial" || kind === "domainOnly") expect(masked).not.toContain(text);
        if (kind === "keyedToken" && text.length > 5) expect(masked.split(".")[1]).not.toContain(text);
      }),
    );
  });

  it("gives one recipient one token of a value, and each recipient another one", async () => {
    const [first, again, other, another] = await Promise.all([
      mask("keyedToken", "ines@example.com"),
      mask("keyedToken", "ines@example.com"),
      mask("keyedToken", "ines@example.com", "analytics-partner"),
      mask("keyedToken", "paul@example.com"),
    ]);
    expect(first).toBe(again);
    expect(new Set([first, other, another]).size).toBe(3);
  });
});
