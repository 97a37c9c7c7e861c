/** One thing that is wrong with a configuration: where, and a code. Never a value. */
export interface ConfigurationProblem {
  /** `purposes[0].key`; empty for the configuration as a whole. */
  readonly path: string;
  /** A code of words, such as `unknownPurpose`. */
  readonly code: string;
}

const MARKER = Symbol.for("volenti.configurationError");

/** The configuration cannot be used. Lists every problem at once; thrown before anything was read or sent. */
export class ConfigurationError extends Error {
  /** Every one that was found; never empty. */
  readonly problems: readonly ConfigurationProblem[];

  constructor(problems: readonly ConfigurationProblem[]) {
    super(`invalid configuration: ${problems.map(({ path, code }) => `${path === "" ? "(root)" : path} ${code}`).join("; ")}`);
    this.name = "ConfigurationError";
    this.problems = problems;
    Object.defineProperty(this, MARKER, { value: true });
  }

  /** Recognises those of another installed copy too, unlike `instanceof`. */
  static isInstance(value: unknown): value is ConfigurationError {
    return typeof value === "object" && value !== null && (value as Record<symbol, unknown>)[MARKER] === true;
  }
}
