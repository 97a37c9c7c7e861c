import { mkdirSync, mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { writeReference } from "../write-reference.ts";

const FILES = {
  "tsconfig.base.json": JSON.stringify({ compilerOptions: { module: "nodenext", allowImportingTsExtensions: true, noEmit: true, types: [] } }),
  "packages/part/package.json": JSON.stringify({
    name: "@volenti/part",
    description: "A part",
    type: "module",
    exports: { ".": { "@volenti/source": "./src/index.ts" }, "./more": { "@volenti/source": "./src/more.ts" }, "./package.json": "./package.json" },
  }),
  "packages/part/src/index.ts": 'export { told } from "./told.ts";\n',
  "packages/part/src/told.ts": "/** Says what it is. */\nexport const told = 1;\n",
  "packages/part/src/more.ts": "/** More of it, beside {@link Told}. */\nexport const more = 2;\n/** Another. */\nexport interface Told { readonly value: number }\n",
  "packages/inside/package.json": JSON.stringify({ name: "@volenti/inside", private: true, exports: { ".": { "@volenti/source": "./src/index.ts" } } }),
};

let root = "";
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "volenti-reference-")));
  for (const [path, text] of Object.entries(FILES)) write({ path, text });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

test("every entry of every public package has its pages, under the name that an adopter imports", async () => {
  const into = join(root, "pages");
  const written = await writeReference({ root, into });
  expect(written).toEqual({ specifiers: ["@volenti/part", "@volenti/part/more"], problems: [] });
  const first = readFileSync(join(into, "index.html"), "utf8");
  expect(first).toContain("@volenti/part/more");
  expect(first).toContain("A part.");
  expect(readdirSync(into, { recursive: true })).toContain(join("interfaces", "_volenti_part_more.Told.html"));
});

test("the same sources give the same bytes", async () => {
  await writeReference({ root, into: join(root, "once") });
  await writeReference({ root, into: join(root, "again") });
  expect(readAll("again")).toEqual(readAll("once"));
});

test("a link that leads nowhere is told, and nothing is written", async () => {
  write({ path: "packages/part/src/told.ts", text: "/** Says what it is, unlike {@link Nobody}. */\nexport const told = 1;\n" });
  const { problems } = await writeReference({ root, into: join(root, "pages") });
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain('"Nobody"');
  expect(readdirSync(root)).not.toContain("pages");
});

test("a type in a signature that no entry exports is told", async () => {
  const text = "interface Kept { readonly value: number }\n/** Says what it is. */\nexport const told = (kept: Kept): number => kept.value;\n";
  write({ path: "packages/part/src/told.ts", text });
  const { problems } = await writeReference({ root, into: join(root, "pages") });
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain("Kept");
});

test("an entry whose source is not there is told", async () => {
  rmSync(join(root, "packages/part/src/more.ts"));
  const { problems } = await writeReference({ root, into: join(root, "pages") });
  expect(problems.join("\n")).toContain("more.ts");
});

function write(file: { path: string; text: string }): void {
  mkdirSync(dirname(join(root, file.path)), { recursive: true });
  writeFileSync(join(root, file.path), file.text);
}

/** Every file of a folder by its path. */
function readAll(folder: string): Readonly<Record<string, string>> {
  const paths = readdirSync(join(root, folder), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(paths.map((entry) => [join(entry.parentPath, entry.name).slice(join(root, folder).length), readFileSync(join(entry.parentPath, entry.name), "base64")]));
}
