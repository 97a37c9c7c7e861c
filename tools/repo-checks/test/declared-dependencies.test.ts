import { expect, test } from "vitest";
import { declaredDependencies } from "../rules/declared-dependencies.ts";
import { repositoryOf } from "./repository-of.ts";

function workspace(files: Record<string, string>) {
  return repositoryOf({
    files: {
      "package.json": '{ "name": "root", "devDependencies": { "vitest": "1.0.0" } }',
      "packages/store/package.json":
        '{ "name": "@volenti/store", "dependencies": { "pg": "1.0.0" }, "peerDependencies": { "zod": "4" }, "devDependencies": { "jose": "1" } }',
      ...files,
    },
  });
}

test("what ships imports only dependencies and peers", async () => {
  const text = 'import pg from "pg";\nimport * as z from "zod";\nimport { expect } from "vitest";\nimport * as jose from "jose";';
  const violations = await declaredDependencies.check(workspace({ "packages/store/src/a.ts": text }));
  expect(violations.map(({ line }) => line)).toEqual([3, 4]);
});

test("tests may also import what is declared for development, here or at the root", async () => {
  const text = 'import { expect } from "vitest";\nimport * as jose from "jose";\nimport { x } from "msw";';
  const violations = await declaredDependencies.check(workspace({ "packages/store/test/a.test.ts": text }));
  expect(violations).toEqual([
    { path: "packages/store/test/a.test.ts", line: 3, message: "msw is not declared in packages/store/package.json" },
  ]);
});

test("a module of Node without its prefix is refused", async () => {
  const violations = await declaredDependencies.check(workspace({ "packages/store/src/a.ts": 'import "fs";' }));
  expect(violations[0]?.message).toContain("write node:fs");
});
