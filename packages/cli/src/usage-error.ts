/** The command cannot be run as it was given. The sentence is for an operator, and holds no value that was given. */
export class UsageError extends Error {
  readonly code: string;

  constructor(request: { code: string; sentence: string }) {
    super(request.sentence);
    this.name = "UsageError";
    this.code = request.code;
  }
}
