import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { runConformance } from "@volenti/conformance";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createAdapter } from "../create-adapter.ts";
import { createTemplateHarness } from "../skeleton/test/template-harness.ts";

const repository = resolve(import.meta.dirname, "../../..");
let root = "";

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "volenti-new-adapter-"));
  mkdirSync(join(root, "packages"));
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

describe("a new adapter", () => {
  test("type-checks and lints as it is made", async () => {
    await createAdapter({ root, name: "till-nine", repository });
    symlinkSync(join(repository, "node_modules"), join(root, "node_modules"));
    writeFileSync(
      join(root, "tsconfig.json"),
      JSON.stringify({ extends: join(repository, "tsconfig.base.json"), include: ["packages/*/src", "packages/*/test"] }),
    );
    const run = (program: string, ...parameters: string[]): void => {
      execFileSync(process.execPath, [program, ...parameters], { cwd: root, stdio: "pipe" });
    };
    run(join(repository, "node_modules/@typescript/native/bin/tsc"), "-p", "tsconfig.json", "--noEmit");
    run(join(repository, "node_modules/oxlint/bin/oxlint"), "-c", join(repository, ".oxlintrc.json"), "packages");
  });

  test("carries its own name everywhere, in every spelling", async () => {
    const files = await createAdapter({ root, name: "till-nine", repository });
    expect(files).toContain("src/till-nine-connector.ts");
    expect(files).toContain("src/transport/till-nine-session.ts");
    const text = files.map((file) => readFileSync(join(root, "packages/till-nine", file), "utf8")).join("\n");
    expect(text).toContain("createTillNineConnector");
    expect(text).toContain("TILL_NINE_TRAITS");
    expect(text).toContain('CONNECTOR_ID = "till-nine"');
    expect(text).not.toMatch(/createMemory|createTemplate|@volenti\/memory|@volenti\/template/);
    expect(JSON.parse(readFileSync(join(root, "packages/till-nine/package.json"), "utf8"))).toMatchObject({
      name: "@volenti/till-nine",
      devDependencies: { "@volenti/conformance": expect.any(String) },
    });
  });

  test("is built for Node, so that its transport may use the modules of Node", async () => {
    const files = await createAdapter({ root, name: "till", repository });
    expect(files).toContain("tsup.config.ts");
    const build = readFileSync(join(root, "packages/till/tsup.config.ts"), "utf8");
    expect(build).toContain('libraryPreset({ platform: "node" })');
    expect(build).not.toContain("neutral");
  });

  test("overwrites no package, and takes no name that is none", async () => {
    await createAdapter({ root, name: "till", repository });
    await expect(createAdapter({ root, name: "till", repository })).rejects.toThrow("is there already");
    for (const name of ["", "Till", "../till", "till_nine", "-till", "till-", "9till", "template", "t".repeat(41)]) {
      await expect(createAdapter({ root, name, repository })).rejects.toThrow("kebab-case");
    }
  });

  test("shows a red list, of which nothing passes that has to reach a system", async () => {
    const report = await runConformance({ harness: createTemplateHarness() });
    const outcomes = Object.groupBy(report.cases, ({ outcome }) => outcome);
    expect(outcomes.failed?.length).toBeGreaterThan(40);
    expect(outcomes.passed?.map(({ id }) => id).toSorted()).toEqual([
      "find/undeclared-kinds-are-unsupported",
      "traits/are-of-the-contract",
    ]);
  });

  test("says how it is used when it is given no name", () => {
    const { status, stderr } = spawnSync(process.execPath, [join(repository, "tools/new-adapter/new-adapter.ts")], { encoding: "utf8" });
    expect(status).toBe(2);
    expect(stderr).toContain("npm run new-adapter -- NAME");
  });
});
