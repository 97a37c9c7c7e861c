import { findLines } from "../find-lines.ts";
import type { Rule } from "../rule.ts";
import { codeFiles } from "../source-files.ts";

// With classes of one letter, so that this file does not find itself.
const MARKS = ["TOD[O]", "FIXM[E]", "XX[X]", "HAC[K]"];

/** Work that is left is said in an issue, not in the code. */
export const leftOvers: Rule = {
  name: "left-overs",
  check: (repository) =>
    findLines({
      repository,
      files: codeFiles(repository),
      pattern: new RegExp(`\\b(?:${MARKS.join("|")})\\b`),
      message: "work that is left belongs in an issue",
    }),
};
