/** One place where the repository breaks a rule of the house. */
export interface Violation {
  readonly path: string;
  /** From 1; absent where the file as a whole is meant. */
  readonly line?: number;
  readonly message: string;
}
