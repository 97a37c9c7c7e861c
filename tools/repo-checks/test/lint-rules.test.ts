import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "volenti-lint-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The rules that the repository's lint settings report for one planted file. */
function rulesBrokenBy(request: { path: string; text: string }): Set<string> {
  cpSync(join(root, ".oxlintrc.json"), join(folder, ".oxlintrc.json"));
  const file = join(folder, request.path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, request.text);
  const lint = join(root, "node_modules/oxlint/bin/oxlint");
  const run = spawnSync(process.execPath, [lint, "--format", "json", request.path], { cwd: folder, encoding: "utf8" });
  const { diagnostics } = JSON.parse(run.stdout) as { diagnostics: { code: string }[] };
  return new Set(diagnostics.map(({ code }) => code));
}

const lines = (count: number): string => Array.from({ length: count }, (_, index) => `  use(${index});`).join("\n");

test.each([
  ["a function of more than 40 lines", "long.ts", `export function long(use: (n: number) => void): void {\n${lines(41)}\n}`, "eslint(max-lines-per-function)"],
  ["a file of more than 300 lines", "long-file.ts", `export const a = [\n${"  1,\n".repeat(300)}];`, "eslint(max-lines)"],
  ["a default export", "a.ts", "export default 1;", "import(no-default-export)"],
  ["the console", "a.ts", 'console.log("x");', "eslint(no-console)"],
  ["any", "a.ts", "export const a = (b: any): unknown => b;", "typescript(no-explicit-any)"],
  ["a non-null assertion", "a.ts", "export const a = (b: string | null): string => b!;", "typescript(no-non-null-assertion)"],
  ["a comment that silences the compiler", "a.ts", ["// @", "ts-ignore\nexport const a = 1;"].join(""), "typescript(ban-ts-comment)"],
  ["a name in camel case", "planRoute.ts", "export const a = 1;", "unicorn(filename-case)"],
])("lint refuses %s", (_, name, text, rule) => {
  expect(rulesBrokenBy({ path: `packages/core/src/${name}`, text })).toContain(rule);
});

test("lint allows what the rules ask for", () => {
  const text = `export function short(use: (n: number) => void): void {\n${lines(36)}\n}`;
  expect(rulesBrokenBy({ path: "packages/core/src/good-name.ts", text })).toEqual(new Set());
});
