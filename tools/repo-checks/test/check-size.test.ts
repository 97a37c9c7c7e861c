import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { checkSize } from "../check-size.ts";

const folder = mkdtempSync(join(tmpdir(), "volenti-size-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const path = join(folder, "index.js");
// Digits of a number that nothing compresses well.
const digits = (7n ** 4000n).toString();
writeFileSync(path, `import { z } from "zod";\nexport const text = "${digits}";\nexport const schema = z.string();\n`);
const entries = { "@volenti/part": path };

test("an entry over its budget is told with its size, its dependencies apart", async () => {
  const budgets = { "@volenti/part": { limitInKilobytes: 1 } };
  expect(await checkSize({ entries, dependencies: ["zod"], budgets })).toEqual([
    expect.stringMatching(/^@volenti\/part is 1\.\d kB minified and gzipped, over its budget of 1 kB$/),
  ]);
});

test("an entry within its budget is fine", async () => {
  expect(await checkSize({ entries, dependencies: ["zod"], budgets: { "@volenti/part": { limitInKilobytes: 2 } } })).toEqual([]);
});

test("an entry that nobody gave a budget is refused", async () => {
  expect(await checkSize({ entries, dependencies: ["zod"], budgets: {} })).toEqual([
    "@volenti/part has no size budget (tools/repo-checks/size-budgets.ts)",
  ]);
});
