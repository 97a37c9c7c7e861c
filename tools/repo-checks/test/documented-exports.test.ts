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
  "packages/part/src/silent.ts": "/** A number. */\nexport type Told = number;\nexport interface Silent {\n  /** Metres. */\n  readonly value: number;\n}\n",
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

test("a member that nobody documented is named, wherever an interface, an object type or a class has it", async () => {
  const found = await checkTold(`
/** A thing. */
export interface Thing {
  /** Metres. */
  readonly height: number;
  readonly width: number;
  measure(): number;
}
/** A shape. */
export type Shape = { readonly corners: number } & {
  readonly sides: readonly number[];
};
/** A failure. */
export class Failure extends Error {
  override readonly name = "Failure";
  readonly reason: string = "";
  private readonly kept = 1;
  read(): number { return this.kept; }
}
`);
  expect(found).toEqual(["Thing.width", "Thing.measure", "Shape.corners", "Shape.sides", "Failure.reason", "Failure.read"]);
});

test("a member may be silent where its declaration says all: one literal, or a type of ours that bears its name", async () => {
  const found = await checkTold(`
/** A clock. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
}
/** A thing. */
export interface Thing {
  readonly kind: "thing";
  readonly clock: Clock;
  readonly clocks: readonly Clock[];
  readonly other?: Clock | undefined;
  readonly last: Clock | null;
  [Symbol.iterator](): Iterator<number>;
}
/** Either. */
export type Either = { readonly is: "left"; readonly left: number } | { readonly is: "right"; readonly right: number };
`);
  expect(found).toEqual(["Thing.clocks", "Thing.other", "Thing.last"]);
});

test("what a base says of a member holds for those who extend it", async () => {
  const found = await checkTold(`
/** A clock. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
}
/** A clock that answers at once. */
export interface Quick extends Clock {
  now(): number;
  later(): number;
}
`);
  expect(found).toEqual(["Quick.later"]);
});

/** The names that are told of a module which an entry exports. */
async function checkTold(text: string): Promise<readonly string[]> {
  writeFileSync(join(root, "packages/part/src/members.ts"), text);
  writeFileSync(join(root, "packages/part/src/index.ts"), 'export * from "./members.ts";\n');
  const violations = await documentedExports({ root }).check(repositoryOf({ files: FILES }));
  return violations.map(({ message }) => message.split(" ")[0] ?? "");
}
