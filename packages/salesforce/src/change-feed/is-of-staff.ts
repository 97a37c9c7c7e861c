import { changedAtOf, profileStampOf } from "../mapping/profile-stamp.ts";

const NO_SUBMISSION = "";

/**
 * Whether the org's own flow set a stamp, which it does without a submission's bits: a person edited the attribute. One
 * of two thousand of our own stamps has no bits either, and is told once more, with its own instant, which changes nothing.
 */
export function isOfStaff(stamp: number): boolean {
  return stamp === profileStampOf({ changedAt: changedAtOf(stamp), submissionId: NO_SUBMISSION });
}
