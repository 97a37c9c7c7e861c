import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

// The whole demonstration, with three embedded stores and two emulated systems, on a machine that is busy.

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const { badLines, validLinesOfCountry } = JSON.parse(readFileSync(`${ROOT}test-fixtures/submissions/demo-expectations.json`, "utf8")) as {
  badLines: { line: number; path: string; code: string }[];
  validLinesOfCountry: Record<string, number>;
};

/** Where the routes and the residency rules send each country's people; every other country to `OTHERS`. */
const OTHERS = ["ledger", "crm", "stores"];
const ROUTES: Record<string, string[]> = { RU: ["ru"], CN: ["cn", "crm"] };

/** How many people are behind the lines of these countries, bad ones left out: each of them has one address. */
function countCustomers(countries: readonly string[]): number {
  const bad = new Set(badLines.map(({ line }) => line));
  const lines = readFileSync(`${ROOT}test-fixtures/submissions/demo.ndjson`, "utf8").split("\n");
  const addresses = lines.flatMap((text, index) => {
    if (text === "" || bad.has(index + 1)) return [];
    const { country, subject } = JSON.parse(text) as { country: string; subject: { identifiers: { kind: string; value: string }[] } };
    return countries.includes(country) ? subject.identifiers.filter(({ kind }) => kind === "email").map(({ value }) => value.toLowerCase()) : [];
  });
  return new Set(addresses).size;
}

describe("the demonstration", () => {
  let code: number | null;
  let output = "";
  const child = { stop: () => undefined as void };

  beforeAll(async () => {
    const demo = spawn(process.execPath, ["--conditions=@volenti/source", "examples/demo/run-demo.ts"], { cwd: ROOT, env: { ...process.env, NO_COLOR: "1" } });
    child.stop = () => void demo.kill("SIGKILL");
    for (const stream of [demo.stdout, demo.stderr]) stream.on("data", (chunk: Buffer) => void (output += chunk.toString()));
    code = await new Promise((resolve) => demo.on("close", resolve));
  });
  afterAll(() => child.stop());

  it("ends by itself, with nothing left running", () => {
    expect(output).toContain("== Next");
    expect(code).toBe(0);
    expect(existsSync(`${ROOT}.volenti/demo/stand-ins.json`)).toBe(false);
  });

  it.each(Object.entries(validLinesOfCountry))("sends the people of %s where they may be held, and nowhere else", (country, count) => {
    const row = output.split("\n").find((line) => new RegExp(`^ {2}${country} +\\d`).test(line)) ?? "";
    const [, , delivered, inPart, not, wentTo = ""] = row.split(/ {2,}/);
    expect({ taken: Number(delivered) + Number(inPart), not }).toEqual({ taken: count, not: "0" });
    const destinations = wentTo.split(", ").toSorted();
    expect(destinations).toEqual((ROUTES[country] ?? OTHERS).map((id) => `${id} ${count}`).toSorted());
  });

  it("rejects what is wrong with a path and a code", () => {
    for (const { line, path, code: problem } of badLines) {
      const told = output.split("\n").find((text) => text.startsWith(`  line ${line} `)) ?? "";
      expect(told.split(/ {2,}/).at(-1)).toBe(path === "" ? problem : `${path}: ${problem}`);
    }
  });

  it("takes in part nothing but what a system cannot store", () => {
    const section = output.slice(output.indexOf("Taken in part"), output.indexOf("Rejected whole"));
    const rows = section.split("\n").filter((line) => line.startsWith("  line "));
    expect(rows.map((row) => row.trim().split(/ {2,}/))).toEqual([
      ["line 22", "ledger applied, crm partlyApplied, stores partlyApplied"],
      ["line 37", "cn applied, crm partlyApplied"],
    ]);
  });

  it("writes to Cegid Retail every customer of the countries that go there, once", () => {
    const held = Number(/Cegid Retail holds (\d+) customers/.exec(output)?.[1]);
    expect(held).toBe(countCustomers(Object.keys(validLinesOfCountry).filter((country) => !Object.hasOwn(ROUTES, country))));
  });

  it("shows one customer as every system holds them, under one ref", () => {
    const refs = OTHERS.map((id) => new RegExp(`│ ${id} +│ EU +│ found +│ ([a-z2-7]{26}) │`).exec(output)?.[1]);
    expect(refs[0]).toBeDefined();
    expect(refs.slice(1)).toEqual([refs[0], refs[0]]);
    expect(output).toMatch(/familyName +│ Moreau +│ \S+(?: \(its record\))? +│ ledger, crm, stores/);
    expect(output).toMatch(/marketing\.email +│ email +│ granted +│ given \(purpose version 1\) +│ \S+ +│ signup 3 fr-FR +│ paris-flagship +│ +│/);
  });

  it("shows a withdrawal that came under an address for a customer who signed up with a card", () => {
    expect(output).toMatch(/profiling +│ \* +│ refused +│ withdrawn .*signup 3 fr-FR/);
  });

  it("shows that the till's no stands, and that the other systems hold a yes", () => {
    expect(output).toMatch(/marketing\.sms +│ sms +│ refused +│ .*destinations disagree/);
    expect(output.match(/destinations disagree/g)).toHaveLength(1);
  });

  it("delivers the till's no to every system", () => {
    expect(output).toMatch(/^ {2}marketing\.sms withdrawn +delivered +ledger applied, crm applied, stores applied$/m);
  });

  it("verifies a receipt offline, and erases a customer everywhere but for the proofs and what Cegid Retail cannot delete", () => {
    expect(output).toMatch(/valid: \d+ decisions of submission/);
    for (const record of ["profile", "states", "identity"]) expect(output).toMatch(new RegExp(`crm +│ EU +│ ${record} +│ erased +│ [1-9]`));
    expect(output).toMatch(/crm +│ EU +│ decisions +│ kept +│ [1-9]\d* +│ proofWithoutIdentity/);
    for (const [record, outcome] of [["profile", "masked"], ["states", "kept"]]) {
      expect(output).toMatch(new RegExp(`stores +│ EU +│ ${record} +│ ${outcome} +│ [1-9]\\d* +│ closedAndBlankedOnly`));
    }
    expect(output).toContain("Complete.");
  });
});
