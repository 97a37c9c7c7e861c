import type { AttributeChange } from "@volenti/core/adapter";

/** Eleven bits: with the milliseconds of this century they fit a number that JSON and a Number field keep exactly. */
const TIES = 2 ** 11;

/**
 * When an attribute was changed and by which submission, as one number that a validation rule can compare: epoch
 * milliseconds × 2048, plus the first eleven bits of the submission id. Two changes of one millisecond whose ids share
 * these bits are taken for the same.
 */
export function profileStampOf(change: Pick<AttributeChange, "changedAt" | "submissionId">): number {
  const digits = change.submissionId.slice(0, 3);
  const tie = /^[0-9a-f]{3}$/.test(digits) ? Number.parseInt(digits, 16) >> 1 : 0;
  return change.changedAt * TIES + tie;
}

/** The epoch milliseconds of a stamp. */
export function changedAtOf(stamp: number): number {
  return Math.floor(stamp / TIES);
}
