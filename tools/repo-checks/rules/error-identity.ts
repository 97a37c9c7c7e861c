import { findLines } from "../find-lines.ts";
import type { Rule } from "../rule.ts";
import { sourceFiles } from "../source-files.ts";

/** Two copies of core may meet in one process: our errors are recognised by their mark, never by their class. */
export const errorIdentity: Rule = {
  name: "error-identity",
  check: (repository) =>
    findLines({
      repository,
      files: sourceFiles(repository),
      pattern: /\binstanceof (?:ConnectorError|ConfigurationError)\b/,
      message: "ask the class's isInstance instead of instanceof",
    }),
};
