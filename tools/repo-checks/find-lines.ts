import type { Repository } from "./repository.ts";
import type { Violation } from "./violation.ts";

/** A violation for every line of the files that the pattern matches. */
export function findLines(request: {
  repository: Repository;
  files: readonly string[];
  pattern: RegExp;
  message: string;
}): readonly Violation[] {
  const violations: Violation[] = [];
  for (const path of request.files) {
    for (const [index, line] of request.repository.read(path).split("\n").entries()) {
      if (request.pattern.test(line)) violations.push({ path, line: index + 1, message: request.message });
    }
  }
  return violations;
}
