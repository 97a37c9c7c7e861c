import { describe, expect, test } from "vitest";
import type { Rule } from "../rule.ts";
import { ambientInputs } from "../rules/ambient-inputs.ts";
import { errorIdentity } from "../rules/error-identity.ts";
import { leftOvers } from "../rules/left-overs.ts";
import { lintEscapes } from "../rules/lint-escapes.ts";
import { machinePaths } from "../rules/machine-paths.ts";
import { reservedPeople } from "../rules/reserved-people.ts";
import { switchedOffTests } from "../rules/switched-off-tests.ts";
import { repositoryOf } from "./repository-of.ts";

// In pieces, so that the rules do not find their own tests.
const at = "@";
const slash = "/";
const cases: { rule: Rule; path: string; refused: string[]; allowed: string[] }[] = [
  {
    rule: leftOvers,
    path: "packages/core/src/a.ts",
    refused: [["// TO", "DO later"].join(""), ["// FIX", "ME"].join("")],
    allowed: ["const todos = 1;"],
  },
  {
    rule: lintEscapes,
    path: "packages/core/test/a.test.ts",
    refused: [
      ["// oxlint", "-disable-next-line no-console"].join(""),
      ["/* eslint", "-disable */"].join(""),
      ["// ", at, "ts-ignore"].join(""),
      ["// ", at, "ts-expect-error"].join(""),
    ],
    allowed: ["// lint is not disabled here"],
  },
  {
    rule: switchedOffTests,
    path: "packages/core/test/a.test.ts",
    refused: [["it", '.only("x")'].join(""), ["describe", '.skip("x")'].join(""), ["test", '.todo("x")'].join("")],
    allowed: ['it.skipIf(!reachable)("x")', "queue.skip(1)"],
  },
  {
    rule: machinePaths,
    path: "docs/a.md",
    refused: [`see ${slash}work/main`, `"${slash}tmp/x"`, `${slash}root/.npmrc`, ["https://registry", ".npmjs.org"].join("")],
    allowed: ["./work/main", "https://example.com/work/x", "packages/*/tmp/"],
  },
  {
    rule: ambientInputs,
    path: "packages/core/src/collect/a.ts",
    refused: ["const now = Date.now();", "const date = new Date();", "Math.random()", "process.env"],
    allowed: ["new Date(clock.now())", "Date.parse(text)"],
  },
  {
    rule: errorIdentity,
    path: "packages/node/src/a.ts",
    refused: ["if (error instanceof ConnectorError) return;"],
    allowed: ["if (error instanceof TypeError) return;", "ConnectorError.isInstance(error)"],
  },
  {
    rule: reservedPeople,
    path: "test-fixtures/a.ndjson",
    refused: [`"ines${at}gmail.com"`, `иван${at}почта.рф`, `a${at}example.com.evil.io`, `a${at}notexample.com`],
    allowed: [`ines${at}example.com`, `a.b+c${at}shop.example`, `x${at}mail.test`, `иван${at}пример.испытание`, `npm${at}11.19.1`],
  },
];

describe.each(cases)("the rule $rule.name", ({ rule, path, refused, allowed }) => {
  test.each(refused)("refuses: %s", async (text) => {
    const violations = await rule.check(repositoryOf({ files: { [path]: `\n${text}\n` } }));
    expect(violations).toEqual([{ path, line: 2, message: expect.any(String) }]);
  });

  test.each(allowed)("allows: %s", async (text) => {
    expect(await rule.check(repositoryOf({ files: { [path]: text } }))).toEqual([]);
  });
});
