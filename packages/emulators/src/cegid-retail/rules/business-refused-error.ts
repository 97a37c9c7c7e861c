import type { RuleName } from "./rule-texts.ts";

/** A rule of Y2 refuses a call. The message names the rule and the members; what was sent is kept apart, for the fault alone. */
export class BusinessRefusedError extends Error {
  readonly rule: RuleName;
  readonly members: readonly string[];
  /** What was refused, as the real server repeats it in its texts. */
  declare readonly sent: string;

  constructor(request: { rule: RuleName; members?: readonly string[]; sent?: string }) {
    const { rule, members = [], sent = "" } = request;
    super(members.length === 0 ? rule : `${rule}: ${members.join(", ")}`);
    this.name = "BusinessRefusedError";
    this.rule = rule;
    this.members = members;
    // Not enumerable: nothing that prints an error prints it.
    Object.defineProperty(this, "sent", { value: sent, enumerable: false });
  }
}
