import { expect, test } from "vitest";
import { compareExports } from "../compare-exports.ts";

function compare(request: { exports: Record<string, unknown>; files: Record<string, string> }): readonly string[] {
  return compareExports({
    exports: request.exports,
    files: Object.keys(request.files).filter((path) => path.startsWith("dist/")),
    exists: (path) => path in request.files,
    read: (path) => request.files[path] ?? "",
  });
}

const entry = { "@volenti/source": "./src/index.ts", types: "./dist/index.d.ts", default: "./dist/index.js" };

test("chunks and declarations that an export leads to are fine", () => {
  const files = {
    "src/index.ts": "",
    "dist/index.js": 'export * from "./chunk-A.js";',
    "dist/chunk-A.js": "",
    "dist/index.d.ts": 'export * from "./shared.js";',
    "dist/shared.d.ts": "",
    "dist/index.js.map": "",
  };
  expect(compare({ exports: { ".": entry }, files })).toEqual([]);
});

test("an export that was not built, and a build that nothing exports, are named", () => {
  const files = { "src/index.ts": "", "dist/index.js": "", "dist/orphan.js": "" };
  expect(compare({ exports: { ".": entry }, files })).toEqual([
    "dist/index.d.ts is exported, and not there",
    "dist/orphan.js is built, and no export leads to it",
  ]);
});
