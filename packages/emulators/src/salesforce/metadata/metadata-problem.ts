/** Why a component cannot be deployed, in Salesforce's words. */
export class MetadataProblem extends Error {
  /** Counted from 1; null where no line is to blame. */
  readonly line: number | null;

  constructor(request: { problem: string; line?: number }) {
    super(request.problem);
    this.name = "MetadataProblem";
    this.line = request.line ?? null;
  }
}
