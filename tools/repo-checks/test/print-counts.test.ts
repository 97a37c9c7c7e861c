import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";

const script = fileURLToPath(new URL("../../../.ci/print-counts.mjs", import.meta.url));
const folders: string[] = [];
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true })));

function countsOf(report: unknown): { status: number | null; line: string } {
  const root = mkdtempSync(join(tmpdir(), "volenti-counts-"));
  folders.push(root);
  cpSync(script, join(root, ".ci/print-counts.mjs"));
  mkdirSync(join(root, "node_modules"));
  if (report !== null) writeFileSync(join(root, "node_modules/.vitest-report.json"), JSON.stringify(report));
  const { status, stdout } = spawnSync(process.execPath, [join(root, ".ci/print-counts.mjs")], { encoding: "utf8" });
  return { status, line: stdout };
}

test("the counts of a good run are printed", () => {
  const report = { success: true, numPassedTests: 12, numFailedTests: 0, testResults: [] };
  expect(countsOf(report)).toEqual({ status: 0, line: "12 passed, 0 failed\n" });
});

test("a file that could not be loaded counts as a failure", () => {
  const testResults = [{ status: "failed", assertionResults: [] }];
  const report = { success: false, numPassedTests: 12, numFailedTests: 1, testResults };
  expect(countsOf(report)).toEqual({ status: 1, line: "12 passed, 2 failed\n" });
});

test("a run without tests fails and says so", () => {
  expect(countsOf(null)).toEqual({ status: 1, line: "the tests did not run\n" });
});
