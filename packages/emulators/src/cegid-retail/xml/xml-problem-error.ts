/** Text that a strict reader of XML refuses. Holds no piece of it. */
export class XmlProblemError extends Error {
  readonly problem: "doctype" | "malformed";

  constructor(problem: "doctype" | "malformed") {
    super(`not read as XML: ${problem}`);
    this.name = "XmlProblemError";
    this.problem = problem;
  }
}
