import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { SubmissionResult } from "@volenti/core";
import { afterAll, beforeAll, expect, test } from "vitest";

const README = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
const folder = mkdtempSync(join(tmpdir(), "volenti-sign-up-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The one fenced block of the README in a language. */
function blockOf(language: string): string {
  const blocks = [...README.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, "gm"))];
  expect(blocks).toHaveLength(1);
  return blocks[0]?.[1] ?? "";
}

let answers: { status: number; result: SubmissionResult }[];
beforeAll(() => {
  const body = JSON.parse(blockOf("json")) as object;
  const script = fileURLToPath(new URL("./call-sign-up.ts", import.meta.url));
  const bodies = JSON.stringify([body, body, { ...body, country: "XX" }]);
  const output = execFileSync(process.execPath, ["--conditions=@volenti/source", script, bodies], { cwd: folder, encoding: "utf8" });
  answers = output.trim().split("\n").map((line) => JSON.parse(line));
});

test("the README's integration is the example, to the letter", () => {
  expect(blockOf("ts")).toBe(readFileSync(new URL("../integration/sign-up.ts", import.meta.url), "utf8"));
});

test("the README's sign-up is delivered, with a receipt and without what no purpose needs", () => {
  const [first] = answers;
  expect(first).toMatchObject({
    status: 200,
    result: {
      outcome: "delivered",
      destinations: [{ id: "eu", outcome: "applied" }],
      withheld: [{ attribute: "familyName", reason: "noPermittedPurpose" }],
      decisions: [{ purpose: "marketing.email", status: "given" }],
      receipt: expect.stringMatching(/^[A-Za-z0-9_-]{100,}$/),
    },
  });
});

test("the same sign-up again changes nothing, and keeps its hashes", () => {
  const [first, again] = answers;
  expect(again).toMatchObject({ status: 200, result: { destinations: [{ id: "eu", outcome: "unchanged" }] } });
  expect(again?.result.decisions.map(({ hash }) => hash)).toEqual(first?.result.decisions.map(({ hash }) => hash));
});

test("a sign-up of no country is refused by path and code", () => {
  expect(answers[2]).toMatchObject({ status: 422, result: { problems: [{ path: "country", code: "unknownCountry" }], receipt: null } });
});

test("the example keeps its data and keys in the folder that it runs in", () => {
  expect(existsSync(join(folder, "data/eu"))).toBe(true);
  expect(readdirSync(join(folder, "data/keys"))).toContain("signing-1.json");
});
