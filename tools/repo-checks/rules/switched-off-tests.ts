import { findLines } from "../find-lines.ts";
import type { Rule } from "../rule.ts";

/** A test runs or is not there. What depends on the machine says so with `skipIf` or `runIf`. */
export const switchedOffTests: Rule = {
  name: "switched-off-tests",
  check: (repository) =>
    findLines({
      repository,
      files: repository.files.filter((path) => path.endsWith(".test.ts")),
      pattern: /\b(?:it|test|describe)(?:\.\w+)*\.(?:only|skip|todo)\(/,
      message: "a test is switched off, or switches off its neighbours",
    }),
};
