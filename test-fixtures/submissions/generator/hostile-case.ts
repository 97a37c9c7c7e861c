/** One small bad line, wrong in one way. */
export interface HostileCase {
  readonly name: string;
  readonly text: string;
  /** Where the problem is told; the parent's path for a key that is not ours. */
  readonly path: string;
  /** Null: not bad after all, although it looks so. */
  readonly expectedCode: string | null;
}

/** Replaces what stands at a dotted path (`subject.identifiers.0.value`) of a submission that is right, or adds it. */
export interface Change {
  readonly at: string;
  readonly to: unknown;
}

type Container = Record<string, unknown>;

/** A submission in which nothing is wrong but the change. */
export function toChangedText(change: Change): string {
  const submission: Container = structuredClone(GOOD_SUBMISSION);
  const steps = change.at.split(".");
  const last = steps.pop() ?? "";
  let container = submission;
  for (const step of steps) container = container[step] as Container;
  // Assigning would run the setter of `__proto__`; defining makes a member of that name, as JSON.parse does.
  Object.defineProperty(container, last, { value: change.to, enumerable: true, configurable: true, writable: true });
  return JSON.stringify(submission);
}

const GOOD_SUBMISSION: Container = {
  submissionId: "00000000-0000-4000-8000-000000000001",
  collectionPoint: "paris-flagship",
  occurredAt: "2026-11-03T09:00:00.000Z",
  country: "FR",
  subject: { identifiers: [{ kind: "email", value: "hostile@example.com" }], ageBand: "adult" },
  profile: { givenName: "Hostile", email: "hostile@example.com", address: { locality: "Paris", country: "FR" } },
  decisions: [
    {
      purpose: "marketing.email",
      channel: "email",
      status: "given",
      notice: "signup",
      noticeVersion: "3",
      locale: "fr-FR",
      method: "checkbox",
    },
  ],
  actor: { kind: "subject" },
};

/** Changes to the good submission as cases. */
export function toCases(
  rows: readonly (readonly [name: string, at: string, to: unknown, path: string, expectedCode: string | null])[],
): readonly HostileCase[] {
  return rows.map(([name, at, to, path, expectedCode]) => ({ name, text: toChangedText({ at, to }), path, expectedCode }));
}
