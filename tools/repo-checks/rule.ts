import type { Repository } from "./repository.ts";
import type { Violation } from "./violation.ts";

/** One rule of the house. Reads the repository and nothing else, so that a planted violation can be tested. */
export interface Rule {
  readonly name: string;
  check(repository: Repository): readonly Violation[] | Promise<readonly Violation[]>;
}
