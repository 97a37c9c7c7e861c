import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { documentedExports } from "../rules/documented-exports.ts";
import { repositoryOf } from "./repository-of.ts";

const root = realpathSync(mkdtempSync(join(tmpdir(), "volenti-documented-")));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const FILES = {
  "tsconfig.base.json": JSON.stringify({ compilerOptions: { module: "nodenext", allowImportingTsExtensions: true, noEmit: true, types: [] } }),
  "packages/part/package.json": JSON.stringify({ name: "@volenti/part", type: "module", exports: { ".": { "@volenti/source": "./src/index.ts" } } }),
  "packages/part/src/index.ts": 'export { told } from "./told.ts";\nexport type * from "./silent.ts";\n',
  "packages/part/src/told.ts": "/** Says what it is. */\nexport const told = 1;\nexport const notExported = 2;\n",
  "packages/part/src/silent.ts": "/** A number. */\nexport type Told = number;\nexport interface Silent { readonly value: number }\n",
};
for (const [path, text] of Object.entries(FILES)) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

test("what an entry exports without a doc comment is named where it is declared, and nothing else is", async () => {
  expect(await documentedExports({ root }).check(repositoryOf({ files: FILES }))).toEqual([
    { path: "packages/part/src/silent.ts", line: 3, message: "Silent is exported, and no doc comment says what it is" },
  ]);
});

test("a package that nobody installs may be silent", async () => {
  const manifest = JSON.stringify({ ...(JSON.parse(FILES["packages/part/package.json"]) as object), private: true });
  expect(await documentedExports({ root }).check(repositoryOf({ files: { ...FILES, "packages/part/package.json": manifest } }))).toEqual([]);
});
