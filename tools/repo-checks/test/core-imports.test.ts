import { expect, test } from "vitest";
import { coreImports } from "../rules/core-imports.ts";
import { repositoryOf } from "./repository-of.ts";

test("core imports zod and p-retry and nothing else", async () => {
  const files = {
    "packages/core/src/good.ts": 'import * as z from "zod";\nimport pRetry from "p-retry";',
    "packages/core/src/bad.ts": 'import { readFile } from "node:fs";\nimport _ from "lodash";',
    "packages/node/src/elsewhere.ts": 'import { readFile } from "node:fs";',
  };
  expect(await coreImports.check(repositoryOf({ files }))).toEqual([
    { path: "packages/core/src/bad.ts", line: 1, message: "core must not import node:fs" },
    { path: "packages/core/src/bad.ts", line: 2, message: "core must not import lodash" },
  ]);
});

test("a second file of core that imports p-retry is refused", async () => {
  const files = {
    "packages/core/src/retry/a.ts": 'import pRetry from "p-retry";',
    "packages/core/src/retry/b.ts": 'import pRetry from "p-retry";',
  };
  expect(await coreImports.check(repositoryOf({ files }))).toEqual([
    { path: "packages/core/src/retry/b.ts", line: 1, message: "p-retry is wrapped in one file of core" },
  ]);
});
