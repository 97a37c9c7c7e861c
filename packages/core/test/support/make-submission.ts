let counter = 0;

/** A UUID that no other call of this process gives. */
export function freshUuid(): string {
  counter += 1;
  return `00000000-0000-4000-8000-${counter.toString(16).padStart(12, "0")}`;
}

export type Decision = Record<string, unknown>;

/** A submission of a French customer, changed by `changes`. */
export function makeSubmission(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    submissionId: freshUuid(),
    collectionPoint: "paris-flagship",
    occurredAt: "2026-11-21T10:15:00.000Z",
    country: "FR",
    subject: { identifiers: [{ kind: "email", value: "ines@example.com" }], ageBand: "adult" },
    ...changes,
  };
}

export function makeDecision(changes: Decision = {}): Decision {
  return {
    purpose: "marketing.email",
    channel: "email",
    status: "given",
    notice: "signup",
    noticeVersion: "3",
    locale: "fr-FR",
    method: "checkbox",
    ...changes,
  };
}
