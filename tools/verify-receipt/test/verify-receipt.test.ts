import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createVolenti } from "@volenti/core";
import { createMemoryConnector, createMemorySystem } from "@volenti/memory";
import { fileKeyring } from "@volenti/node";
import { compactVerify, importJWK } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const PROGRAM = fileURLToPath(new URL("../verify-receipt.mjs", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "volenti-receipt-"));
const keyring = fileKeyring(join(folder, "keys"), { production: false });
const system = createMemorySystem();
let receipt = "";

beforeAll(async () => {
  const volenti = createVolenti({
    controller: { id: "maison-exemple", name: "Maison Exemple", country: "FR", contact: "privacy@example.com", privacyPolicyUrl: "https://example.com/privacy" },
    purposes: [{ key: "marketing.email", version: "1", basis: "consent", mechanism: "optIn", channels: ["email", "sms", "push"], attributes: ["email"], label: { en: "News" } }],
    notices: [{ id: "signup", version: "3", locale: "fr-FR", purposes: ["marketing.email"], firstLayer: "F", text: "T", policyUrl: "https://example.com/fr" }],
    destinations: { eu: createMemoryConnector({ region: "EU", system }) },
    routes: [{ to: ["eu"] }],
    residency: "none",
    keys: keyring,
  });
  const decision = { purpose: "marketing.email", status: "given", notice: "signup", noticeVersion: "3", locale: "fr-FR", method: "checkbox" };
  const result = await volenti.collect({
    submissionId: "5f0f5e0e-6a1e-4a53-9d0b-0f5d3b0c7f11",
    collectionPoint: "paris-flagship",
    occurredAt: "2026-01-21T10:15:00.000Z",
    country: "FR",
    subject: { identifiers: [{ kind: "email", value: "ines@example.com" }] },
    decisions: ["email", "sms", "push"].map((channel) => ({ ...decision, channel })),
  });
  receipt = result.receipt ?? "";
  await volenti.close();
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function jwkSet(change: (key: object) => object = (key) => key): string {
  return JSON.stringify({ keys: keyring.describe().flatMap(({ publicKey }) => (publicKey === undefined ? [] : [change({ ...publicKey })])) });
}

function run(request: { receipt: string; keys?: string; records?: readonly string[] }): { code: number | null; report: Record<string, unknown> | null; stderr: string } {
  const write = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return name;
  };
  const records = (request.records ?? []).map((text, index) => write(`record-${index}.json`, text));
  const files = [write("receipt.txt", request.receipt), write("keys.json", request.keys ?? jwkSet()), ...records];
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, ...files], { cwd: folder, encoding: "utf8", env: {} });
  return { code: status, report: stdout === "" ? null : (JSON.parse(stdout) as Record<string, unknown>), stderr };
}

const codes = (answer: ReturnType<typeof run>): readonly string[] => [
  ...new Set(((answer.report?.["problems"] ?? []) as readonly { code: string }[]).map(({ code }) => code)),
];

// Each run is a process of its own.

describe("the verifier in one file", () => {
  it("proves a receipt with public keys and Node alone, and that of a result line", () => {
    const answer = run({ receipt });
    expect(answer).toMatchObject({ code: 0, report: { valid: true, submissionId: "5f0f5e0e-6a1e-4a53-9d0b-0f5d3b0c7f11", problems: [] } });
    expect(answer.report?.["decisions"]).toHaveLength(3);
    expect(run({ receipt: JSON.stringify({ line: 1, receipt }) }).code).toBe(0);
  });

  it("shows which record a receipt proves, and none that was changed", () => {
    const [canonical = ""] = [...system.records.decisionsById.values()].map((row) => row.canonical);
    expect(run({ receipt, records: [canonical] }).report).toMatchObject({ valid: true, records: [{ status: "given", notice: { id: "signup", version: "3" } }] });
    expect(codes(run({ receipt, records: [canonical.replace("given", "refused")] }))).toEqual(["recordNotProved"]);
  });

  it("finds a bit that was changed anywhere", () => {
    for (let place = 0; place < receipt.length; place += Math.ceil(receipt.length / 12)) {
      const changed = String.fromCharCode(receipt.charCodeAt(place) ^ (1 << (place % 7)));
      expect(run({ receipt: receipt.slice(0, place) + changed + receipt.slice(place + 1) }).code, `${place}`).toBe(1);
    }
  });

  it("knows no key that it was not given, and none that was revoked", () => {
    expect(codes(run({ receipt, keys: '{"keys":[]}' }))).toEqual(["unknownKey"]);
    const other = fileKeyring(join(folder, "other"), { production: false }).describe().find(({ publicKey }) => publicKey !== undefined)?.publicKey;
    expect(codes(run({ receipt, keys: jwkSet((key) => ({ ...key, x: other?.x })) }))).toEqual(["badSignature"]);
    const now = Date.now() / 1000;
    expect(codes(run({ receipt, keys: jwkSet((key) => ({ ...key, revoked: { revoked_at: now - 3600, reason: "superseded" } })) }))).toEqual(["revokedKey"]);
    expect(run({ receipt, keys: jwkSet((key) => ({ ...key, revoked: { revoked_at: now + 3600, reason: "superseded" } })) }).code).toBe(0);
    expect(codes(run({ receipt, keys: jwkSet((key) => ({ ...key, revoked: { revoked_at: now + 3600, reason: "compromised" } })) }))).toEqual(["revokedKey"]);
  });

  it("says that it was used wrongly with exit code 2, and repeats nothing", () => {
    expect(run({ receipt, keys: "none of it" })).toMatchObject({ code: 2, report: null, stderr: "a file cannot be read, or is not what it should be\n" });
  });
});

describe("a receipt's head", () => {
  it("is read by another library", async () => {
    const { head } = JSON.parse(Buffer.from(receipt, "base64url").toString()) as { head: string };
    const [key] = (JSON.parse(jwkSet()) as { keys: Record<string, string>[] }).keys;
    const { payload, protectedHeader } = await compactVerify(head, await importJWK({ ...key }, "EdDSA"));
    expect(protectedHeader.kid).toBe(key?.["kid"]);
    expect(JSON.parse(new TextDecoder().decode(payload))).toMatchObject({ schema: "volenti-head-1", controller: "maison-exemple", size: 3 });
  });
});
