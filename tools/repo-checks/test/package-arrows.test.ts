import { describe, expect, test } from "vitest";
import { packageArrows } from "../rules/package-arrows.ts";
import { repositoryOf } from "./repository-of.ts";

async function messagesFor(files: Record<string, string>): Promise<string[]> {
  return (await packageArrows.check(repositoryOf({ files }))).map(({ path, line, message }) => `${path}:${line} ${message}`);
}

describe("package arrows", () => {
  test.each([
    ["core", "@volenti/node"],
    ["memory", "@volenti/regional-store"],
    ["governance", "@volenti/node"],
    ["emulators", "@volenti/salesforce"],
    ["cli", "@volenti/regional-store"],
    ["node", "@volenti/governance"],
  ])("%s may not import %s", async (own, other) => {
    const messages = await messagesFor({ [`packages/${own}/src/a.ts`]: `\nimport { x } from "${other}";` });
    expect(messages).toEqual([`packages/${own}/src/a.ts:2 ${own} must not import ${other} (ARCHITECTURE.md, the rooms)`]);
  });

  test("a type, a re-export and a dynamic import count as imports", async () => {
    const text = 'import type { A } from "@volenti/node";\nexport * from "@volenti/cli";\nawait import("@volenti/memory");';
    expect(await messagesFor({ "packages/salesforce/src/a.ts": text })).toHaveLength(3);
  });

  test("a relative path into another package is refused", async () => {
    const text = 'import { x } from "../../core/src/model/purpose.ts";';
    expect(await messagesFor({ "packages/memory/src/a.ts": text })).toEqual([expect.stringContaining("by its name")]);
  });

  test("a package does not import itself by name", async () => {
    expect(await messagesFor({ "packages/core/src/a.ts": 'import { x } from "@volenti/core";' })).toHaveLength(1);
  });

  test("an adapter that this rule has never heard of may import core and its own files", async () => {
    const text = 'import { x } from "@volenti/core/adapter";\nimport { y } from "./y.ts";\nimport pg from "pg";';
    expect(await messagesFor({ "packages/new-system/src/a.ts": text })).toEqual([]);
  });
});
