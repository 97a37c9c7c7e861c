import { expect, test } from "vitest";
import { thirdPartyLicences } from "../rules/third-party-licences.ts";
import { readThirdParties, writeThirdPartyPage } from "../third-party-page.ts";
import { repositoryOf } from "./repository-of.ts";

const FILES = {
  "packages/core/package.json": JSON.stringify({ name: "@volenti/core" }),
  "packages/crm/package.json": JSON.stringify({ name: "@volenti/crm" }),
  "packages/emulators/package.json": JSON.stringify({ name: "@volenti/emulators", private: true }),
};

function filesWith(licence: string | undefined): Record<string, string> {
  const packages = {
    "packages/core": { dependencies: { schema: "1.0.0" } },
    "packages/crm": { dependencies: { "@volenti/core": "1.0.0", client: "1.0.0" }, devDependencies: { runner: "1.0.0" } },
    "packages/crm/node_modules/client": { version: "1.0.0", license: "ISC", dependencies: { deep: "2.0.0" } },
    "packages/crm/node_modules/client/node_modules/deep": { version: "2.0.0", ...(licence === undefined ? {} : { license: licence }) },
    "packages/emulators": { dependencies: { runner: "1.0.0" } },
    "node_modules/@volenti/core": { resolved: "packages/core", link: true },
    "node_modules/deep": { version: "1.0.0", license: "GPL-3.0-only" },
    "node_modules/runner": { version: "1.0.0", license: "GPL-3.0-only" },
    "node_modules/schema": { version: "1.0.0", license: "MIT" },
  };
  const files: Record<string, string> = { ...FILES, "package-lock.json": JSON.stringify({ packages }) };
  return { ...files, "THIRD-PARTY.md": writeThirdPartyPage(readThirdParties(repositoryOf({ files }))) };
}

async function messagesFor(files: Record<string, string>): Promise<readonly string[]> {
  return (await thirdPartyLicences.check(repositoryOf({ files }))).map(({ message }) => message);
}

test("a library that adopters get is listed with those that bring it along, and one that only we use is not", () => {
  expect(readThirdParties(repositoryOf({ files: filesWith("MIT") }))).toEqual([
    { name: "client", version: "1.0.0", licence: "ISC", broughtBy: ["crm"] },
    { name: "deep", version: "2.0.0", licence: "MIT", broughtBy: ["crm"] },
    { name: "schema", version: "1.0.0", licence: "MIT", broughtBy: ["core", "crm"] },
  ]);
});

test("permissive licences, and a choice that holds one, are fine", async () => {
  expect(await messagesFor(filesWith("(MIT OR GPL-3.0-only)"))).toEqual([]);
  expect(await messagesFor(filesWith("BSD-3-Clause AND MIT"))).toEqual([]);
});

test.each([["GPL-3.0-only"], ["MIT AND LGPL-3.0-only"], ["SEE LICENSE IN terms.txt"], [undefined]])("a library under %s is refused", async (licence) => {
  expect(await messagesFor(filesWith(licence))).toEqual([expect.stringMatching(/^deep 2\.0\.0, which adopters install, .* not known to be permissive$/)]);
});

test("a page that does not say what the lockfile says is refused", async () => {
  const files = { ...filesWith("MIT"), "THIRD-PARTY.md": "# Third-party libraries\n" };
  expect(await messagesFor(files)).toEqual(["is not what the lockfile says: npm run licences"]);
});
