import { expect, test } from "vitest";
import { checkTarball } from "../check-tarball.ts";

test("a tarball without papers, or with tests, is refused", () => {
  expect(checkTarball(["package.json", "README.md", "src/a.test.ts", "src/a.ts"])).toEqual([
    "the tarball lacks LICENSE",
    "the tarball holds a test: src/a.test.ts",
  ]);
});

test("a tarball with sources, builds and papers is fine", () => {
  expect(checkTarball(["package.json", "README.md", "LICENSE", "dist/index.js", "src/index.ts"])).toEqual([]);
});
