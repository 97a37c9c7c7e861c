import { makeSubmission } from "../input/make-submission.ts";

/** A made-up customer's submission with the attributes that an org has fields for without a map of the brand's own. */
export function makeCustomer(index: number): Record<string, unknown> {
  const submission = makeSubmission(index);
  const { middleName: _middleName, nickname: _nickname, ...profile } = submission["profile"] as Record<string, unknown>;
  return { ...submission, profile };
}

export function makeCustomers(count: number): readonly Record<string, unknown>[] {
  return Array.from({ length: count }, (_, index) => makeCustomer(index));
}
