import { expect, test } from "vitest";
import { vendorImports } from "../rules/vendor-imports.ts";
import { repositoryOf } from "./repository-of.ts";

test("a vendor library outside transport/ is refused, its types included", async () => {
  const files = {
    "packages/regional-store/src/transport/pool.ts": 'import pg from "pg";',
    "packages/regional-store/src/options.ts": 'import type { Pool } from "pg";',
    "packages/salesforce/src/intake/write.ts": 'import { Connection } from "jsforce/core";',
  };
  const violations = await vendorImports.check(repositoryOf({ files }));
  expect(violations.map(({ path }) => path)).toEqual([
    "packages/regional-store/src/options.ts",
    "packages/salesforce/src/intake/write.ts",
  ]);
});
