import { expect, test } from "vitest";
import { commandBins } from "../rules/command-bins.ts";
import { repositoryOf } from "./repository-of.ts";

const files = { "packages/cli/package.json": '{ "name": "@volenti/cli", "bin": { "volenti": "./bin/volenti.js" } }' };
const bin = "packages/cli/bin/volenti.js";

test.each([
  [{}, "does not track"],
  [{ [bin]: "100644" }, "mode 100644"],
])("a bin with the modes %j is refused", async (modes, message) => {
  const violations = await commandBins.check(repositoryOf({ files, modes }));
  expect(violations).toEqual([{ path: bin, message: expect.stringContaining(message) }]);
});

test("a bin that is committed and executable is allowed", async () => {
  expect(await commandBins.check(repositoryOf({ files, modes: { [bin]: "100755" } }))).toEqual([]);
});
