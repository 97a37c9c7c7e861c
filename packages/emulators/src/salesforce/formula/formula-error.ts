/** A formula that cannot be parsed, does not fit the object, or fails while it runs. The message is worded as Salesforce words it. */
export class FormulaError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "FormulaError";
  }
}
