/**
 * Why an answer could not be taken: `doctype`, `tooLarge` and `tooDeep` are refused unread, `malformed` is no XML, `html` a
 * page for people, `notSoap` is XML of something else, `wrongType` does not fit the contract.
 */
export type UnreadableReason = "doctype" | "tooLarge" | "tooDeep" | "malformed" | "html" | "notSoap" | "wrongType";

/** An answer that makes no sense. Names members of the contract, never a value. */
export class UnreadableAnswerError extends Error {
  readonly reason: UnreadableReason;
  readonly member: string | null;

  constructor(request: { reason: UnreadableReason; member?: string | undefined }) {
    super(request.reason);
    this.name = "UnreadableAnswerError";
    this.reason = request.reason;
    this.member = request.member ?? null;
  }
}
