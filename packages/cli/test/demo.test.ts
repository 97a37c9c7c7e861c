import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";

// The whole demonstration, with three embedded stores and an emulated Salesforce, on a machine that is busy.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const { badLines, validLinesOfCountry } = JSON.parse(readFileSync(`${ROOT}test-fixtures/submissions/demo-expectations.json`, "utf8")) as {
  badLines: { line: number; path: string; code: string }[];
  validLinesOfCountry: Record<string, number>;
};

/** Where the routes and the residency rules send each country's people; every other country to `OTHERS`. */
const OTHERS = ["crm", "stores"];
const ROUTES: Record<string, string[]> = { RU: ["ru"], CN: ["cn", "crm"] };

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

  it("shows one customer as Salesforce and the stores hold them, under one ref", () => {
    const refs = ["crm", "stores"].map((id) => new RegExp(`│ ${id} +│ EU +│ found +│ ([a-z2-7]{26}) │`).exec(output)?.[1]);
    expect(refs[0]).toBeDefined();
    expect(refs[1]).toBe(refs[0]);
    expect(output).toMatch(/profiling +│ \* +│ refused +│ withdrawn/);
  });

  it("verifies a receipt offline, and erases a customer everywhere but for the proofs", () => {
    expect(output).toMatch(/valid: \d+ decisions of submission/);
    for (const record of ["profile", "states", "identity"]) expect(output).toMatch(new RegExp(`crm +│ EU +│ ${record} +│ erased +│ [1-9]`));
    expect(output).toMatch(/crm +│ EU +│ decisions +│ retained +│ [1-9]\d* +│ proofWithoutIdentity/);
    expect(output).toContain("Complete.");
  });
});
