/** The members of a stored decision's record that governance reads. */
export interface ReadRecord {
  readonly id: string;
  readonly controller: string;
  readonly subject: string;
  readonly status: string;
  readonly notice: { readonly id: string; readonly version: string; readonly locale: string };
  readonly collectionPoint: string;
  /** The whole record, as it was parsed. */
  readonly parsed: unknown;
}

/** Reads the canonical text of a decision that came out of a store, and may be anything; null where it is no record. */
export function readDecisionRecord(canonical: string): ReadRecord | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(canonical);
  } catch {
    return null;
  }
  const id = textOf({ value: parsed, name: "id" });
  const controller = textOf({ value: parsed, name: "controller" });
  const subject = textOf({ value: parsed, name: "subject" });
  const status = textOf({ value: parsed, name: "status" });
  const collectionPoint = textOf({ value: parsed, name: "collectionPoint" });
  const notice = readNotice(memberOf({ value: parsed, name: "notice" }));
  if (id === null || controller === null || subject === null || status === null) return null;
  if (collectionPoint === null || notice === null) return null;
  return { id, controller, subject, status, notice, collectionPoint, parsed };
}

function readNotice(value: unknown): ReadRecord["notice"] | null {
  const id = textOf({ value, name: "id" });
  const version = textOf({ value, name: "version" });
  const locale = textOf({ value, name: "locale" });
  return id === null || version === null || locale === null ? null : { id, version, locale };
}

function textOf(request: { value: unknown; name: string }): string | null {
  const text = memberOf(request);
  return typeof text === "string" ? text : null;
}

function memberOf(request: { value: unknown; name: string }): unknown {
  const { value, name } = request;
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
