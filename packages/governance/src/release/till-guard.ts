import { type AttemptLimiter, type Recipient, type ReleaseFacts, type ReleasePolicy } from "@volenti/core";
import type { ReleaseReport, ReleasedAttribute } from "./release-report.ts";

interface Attempt {
  readonly recipient: string;
  readonly at: number;
}

/** A limiter that cannot answer allows nothing. */
export async function isAttemptAllowed(request: { limiter: AttemptLimiter; attempt: Attempt }): Promise<boolean> {
  try {
    const isAllowed: unknown = await request.limiter.allows(request.attempt);
    return isAllowed === true;
  } catch {
    return false;
  }
}

/** What could not be counted is not told either: the answer gives nothing anyway. */
export async function recordMiss(request: { limiter: AttemptLimiter; attempt: Attempt }): Promise<void> {
  try {
    await request.limiter.recordMiss(request.attempt);
  } catch {
    // The next question whether another attempt is allowed is answered by the same limiter.
  }
}

/** One shape whoever was scanned, and whether or not anybody was: all that the policy could ever give to the till. */
export function toTillReport(request: { report: ReleaseReport; recipient: Recipient; purposes: readonly string[]; policy: ReleasePolicy }): ReleaseReport {
  const { report, policy } = request;
  const given = new Map(report.attributes.filter(({ effect }) => effect !== "deny").map((one) => [one.attribute, one]));
  const attributes = listGivable(request).map((attribute): ReleasedAttribute => inOrder(given.get(attribute) ?? denied({ attribute, policyHash: policy.hash })));
  return { ...report, found: null, conflict: null, unlinked: null, accessLog: null, attributes };
}

function denied({ attribute, policyHash }: { attribute: string; policyHash: string }): ReleasedAttribute {
  return { attribute, effect: "deny", mask: null, value: null, purposes: [], reasons: ["notReleased"], ruleIds: [], policyHash };
}

/** The order of members is part of the shape of a text. */
function inOrder({ attribute, effect, mask, value, purposes, reasons, ruleIds, policyHash }: ReleasedAttribute): ReleasedAttribute {
  return { attribute, effect, mask, value, purposes, reasons, ruleIds, policyHash };
}

const NOBODY: ReleaseFacts = { country: null, subdivision: null, ageBand: "unknown", consents: null, isRestricted: null, heldAttributes: null };

/** Attributes of which some rule gives something there, to somebody. */
function listGivable(request: { recipient: Recipient; purposes: readonly string[]; policy: ReleasePolicy }): readonly string[] {
  const { recipient, purposes, policy } = request;
  const mayGive = (attribute: string): boolean =>
    purposes.some((purpose) =>
      policy.judge({ purpose, attribute, recipient, facts: NOBODY }).trace.some(({ effect, by }) => effect !== "deny" && (by === null || by === "person")),
    );
  return [...policy.world.attributes.keys()].filter(mayGive).toSorted();
}
