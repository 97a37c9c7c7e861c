import type { JsonValue } from "../support/json-value.ts";

/** One attribute of a profile as a submission changes it. */
export interface AttributeChange {
  /** The new value; null clears the attribute. */
  readonly value: JsonValue;
  /** Epoch milliseconds: when the person said so, by the clock that the submission's decisions go by. */
  readonly changedAt: number;
  /** Breaks a tie of two changes in one millisecond: the greater id stands. */
  readonly submissionId: string;
}

/**
 * What a submission changes, by dotted attribute name (`address.postalCode`). Absent means untouched. An older
 * change never overwrites a newer one: order is `changedAt`, then `submissionId`.
 */
export type ProfilePatch = Readonly<Record<string, AttributeChange>>;

/** Compares two changes of one attribute; the greater stands. */
export function compareAttributeChanges(
  left: Pick<AttributeChange, "changedAt" | "submissionId">,
  right: Pick<AttributeChange, "changedAt" | "submissionId">,
): number {
  if (left.changedAt !== right.changedAt) return left.changedAt - right.changedAt;
  if (left.submissionId === right.submissionId) return 0;
  return left.submissionId > right.submissionId ? 1 : -1;
}
