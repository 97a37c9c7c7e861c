import { findLines } from "../find-lines.ts";
import type { Rule } from "../rule.ts";
import { codeFiles } from "../source-files.ts";

const DIRECTIVES = ["(?:oxlint|eslint|biome)-(?:disable|ignore)", "@ts-(?:ignore|nocheck|expect-error)"];

/** Nobody switches a check off in passing; a rule that is wrong is changed for all. */
export const lintEscapes: Rule = {
  name: "lint-escapes",
  check: (repository) =>
    findLines({
      repository,
      files: codeFiles(repository),
      pattern: new RegExp(`(?://|/\\*).*(?:${DIRECTIVES.join("|")})`),
      message: "a check is switched off here",
    }),
};
