/** Data that the contract cannot carry. Names the member, never its value. */
export class RefusedMemberError extends Error {
  /** Dotted; null where the name itself is none of the contract. */
  readonly member: string | null;

  constructor(member: string | null) {
    super(member === null ? "a member that the contract does not have" : `not of the contract's type: ${member}`);
    this.name = "RefusedMemberError";
    this.member = member;
  }
}
