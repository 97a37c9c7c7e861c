import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { compileDeclarations } from "../compile-declarations.ts";

const workspace = fileURLToPath(new URL("../../..", import.meta.url));
const root = mkdtempSync(join(tmpdir(), "volenti-declarations-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const entry = { types: "./dist/index.d.ts", default: "./dist/index.js" };

/** A workspace of one package with the given declarations, which borrows the compiler and Node's types. */
function problemsOf(declarations: string): readonly string[] {
  const folder = join(root, "packages/part");
  mkdirSync(join(folder, "dist"), { recursive: true });
  mkdirSync(join(root, "node_modules/@volenti"), { recursive: true });
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "@volenti/part", type: "module", exports: { ".": entry } }));
  writeFileSync(join(folder, "dist/index.d.ts"), declarations);
  for (const name of ["@typescript", "@types", "undici-types"]) link(join(workspace, "node_modules", name), name);
  link(folder, "@volenti/part");
  return compileDeclarations({ root, packageName: "@volenti/part", exports: { ".": entry } });
}

function link(target: string, name: string): void {
  const path = join(root, "node_modules", name);
  rmSync(path, { force: true });
  symlinkSync(target, path, "junction");
}

test("declarations that name a type which an adopter has not are refused", () => {
  expect(problemsOf("export declare function make(): NoSuchType;\n")).toEqual([
    expect.stringMatching(/^packages\/part\/dist\/index\.d\.ts:1 TS2304/),
  ]);
});

test("declarations that stand on their own are fine", () => {
  expect(problemsOf("export declare function make(): Promise<string>;\n")).toEqual([]);
});
