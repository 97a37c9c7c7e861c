/** A promise of the contract that was not kept; its message says which, and what was seen of the kit's own synthetic data. */
export class ConformanceFailure extends Error {
  constructor(message: string) {
    super(message);
    this.name = "ConformanceFailure";
  }
}
