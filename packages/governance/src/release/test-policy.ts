import { resolveRecipient, type ReleaseEffect, type ReleaseMask, type ReleasePolicy } from "@volenti/core";
import { toHypotheticalFacts } from "./hypothetical-facts.ts";
import { readExpectations, type PolicyExpectation } from "./read-expectations.ts";

/** How a policy did against its expectations. */
export interface PolicyTestReport {
  /** SHA-256 of the policy's canonical form, hexadecimal: which rules answered. */
  readonly policyHash: string;
  /** Expectations that were met. */
  readonly passed: number;
  /** Expectations that were not: as many as `failures`. */
  readonly failed: number;
  /** In the order of the table. */
  readonly failures: readonly PolicyTestFailure[];
}

/** An expectation that a policy did not meet. */
export interface PolicyTestFailure {
  /** Position in the table, from 0. */
  readonly index: number;
  /** Null where the row has none. */
  readonly name: string | null;
  /** Null members were not checked. */
  readonly expected: { readonly effect: ReleaseEffect; readonly mask: ReleaseMask | null; readonly reason: string | null; readonly ruleIds: readonly string[] | null };
  /** What the policy answered. */
  readonly actual: { readonly effect: ReleaseEffect; readonly mask: ReleaseMask | null; readonly reasons: readonly string[]; readonly ruleIds: readonly string[] };
}

/** Holds a policy against a table of expectations. Throws a `ConfigurationError` for a table that cannot be meant. */
export function testPolicy(request: { policy: ReleasePolicy; table: unknown }): PolicyTestReport {
  const { policy, table } = request;
  const expectations = readExpectations({ table, policy });
  const failures = expectations.flatMap((expectation, index) => tryOne({ expectation, index, policy }) ?? []);
  return { policyHash: policy.hash, passed: expectations.length - failures.length, failed: failures.length, failures };
}

function tryOne(request: { expectation: PolicyExpectation; index: number; policy: ReleasePolicy }): PolicyTestFailure | null {
  const { expectation, index, policy } = request;
  const { purpose, attribute, expect, mask = null, reason = null, ruleIds = null } = expectation;
  const recipient = resolveRecipient({ text: expectation.recipient, policy });
  if (typeof recipient === "string") throw new TypeError("an expectation was not checked");
  const facts = toHypotheticalFacts({ person: expectation, purpose, policy });
  const answer = policy.answer({ purpose, attribute, recipient, facts });
  const holds =
    answer.effect === expect &&
    (mask === null || answer.mask === mask) &&
    (reason === null || answer.reasons.includes(reason)) &&
    (ruleIds === null || ruleIds.toSorted().join("\u0000") === answer.ruleIds.join("\u0000"));
  if (holds) return null;
  const { effect, reasons, ruleIds: decided, mask: applied } = answer;
  return { index, name: expectation.name ?? null, expected: { effect: expect, mask, reason, ruleIds }, actual: { effect, mask: applied, reasons, ruleIds: decided } };
}
