import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { codeBlocks } from "../rules/code-blocks.ts";
import { repositoryOf } from "./repository-of.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));

test("a block that does not compile is reported at its line on the page", async () => {
  const page = [
    "# Page",
    "",
    "```ts",
    "const answer: number = 1;",
    'const wrong: number = "one";',
    "```",
    "",
    "```json",
    '{ "not": "TypeScript" }',
    "```",
    "",
    "```ts",
    'import { noSuchExport } from "vitest";',
    "```",
  ].join("\n");
  const violations = await codeBlocks({ root }).check(repositoryOf({ files: { "docs/page.md": page } }));
  expect(violations).toEqual([
    { path: "docs/page.md", line: 5, message: expect.stringContaining("TS2322") },
    { path: "docs/page.md", line: 13, message: expect.stringContaining("TS2305") },
  ]);
});
