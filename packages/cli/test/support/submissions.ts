import { createHash } from "node:crypto";

/** A value that no output of a failing run may hold. */
export const CANARY = "canary-b7e1";

/** A synthetic submission; the number makes the person and the ids. */
export function submission(number: number, change: Record<string, unknown> = {}): Record<string, unknown> {
  const email = `person${number}.${CANARY}@example.com`;
  return {
    submissionId: uuid(`submission ${number}`),
    collectionPoint: "paris-flagship",
    occurredAt: "2026-11-01T10:15:00.000Z",
    country: "FR",
    subject: { identifiers: [{ kind: "email", value: email }], ageBand: "adult" },
    profile: { givenName: `Inès ${CANARY}`, email, birthdate: "1990-02-03" },
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
    ...change,
  };
}

export function emailOf(number: number): string {
  return `person${number}.${CANARY}@example.com`;
}

export function ndjson(lines: readonly unknown[]): string {
  return lines.map((line) => `${typeof line === "string" ? line : JSON.stringify(line)}\n`).join("");
}

function uuid(seed: string): string {
  const hash = createHash("sha256").update(seed).digest("hex");
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-4${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}
