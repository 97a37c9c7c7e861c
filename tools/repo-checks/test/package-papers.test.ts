import { expect, test } from "vitest";
import { packagePapers } from "../rules/package-papers.ts";
import { repositoryOf } from "./repository-of.ts";

test("a package without README or with another licence is refused", async () => {
  const files = {
    LICENSE: "the licence",
    "packages/a/package.json": "{}",
    "packages/a/LICENSE": "the licence",
    "packages/b/package.json": "{}",
    "packages/b/README.md": "# b",
    "packages/b/LICENSE": "another",
    "packages/c/package.json": "{}",
    "packages/c/README.md": "# c",
    "packages/c/LICENSE": "the licence",
  };
  const violations = await packagePapers.check(repositoryOf({ files }));
  expect(violations).toEqual([
    { path: "packages/a", message: "has no README.md" },
    { path: "packages/b", message: expect.stringContaining("LICENSE") },
  ]);
});
