import { findLines } from "../find-lines.ts";
import type { Rule } from "../rule.ts";
import { sourceFiles } from "../source-files.ts";

/** The clock itself, and the wiring that passes the machine's in where nobody passes another. */
const OWN_FILES: ReadonlySet<string> = new Set(["packages/core/src/support/clock.ts", "packages/core/src/create-volenti.ts"]);

/** core is given its clock and its randomness: a stage that asks the machine cannot be replayed. */
export const ambientInputs: Rule = {
  name: "ambient-inputs",
  check: (repository) =>
    findLines({
      repository,
      files: sourceFiles(repository).filter((path) => path.startsWith("packages/core/") && !OWN_FILES.has(path)),
      pattern: /\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\bperformance\.now\b|\bprocess\./,
      message: "core reads the machine here; take a clock or a random source as an input",
    }),
};
