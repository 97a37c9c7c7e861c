import { effectiveAtOf, type DecisionRecord } from "@volenti/core/adapter";

/** The members of a stored decision's record that governance reads. */
export interface ReadRecord {
  readonly id: string;
  readonly controller: string;
  readonly subject: string;
  /** Any text: the store may hold what no version ever wrote. */
  readonly status: string;
  readonly purpose: { readonly key: string; readonly version: string };
  readonly channel: string | null;
  readonly recipients: readonly string[] | null;
  readonly attributes: readonly string[] | null;
  readonly notice: { readonly id: string; readonly version: string; readonly locale: string; readonly sha256: string };
  /** Epoch milliseconds, as all instants here. */
  readonly occurredAt: number;
  readonly receivedAt: number | null;
  readonly effectiveAt: number;
  readonly validUntil: number | null;
  readonly collectionPoint: string;
  readonly test: boolean;
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
  if (!isRecord(parsed)) return null;
  const occurredAt = Date.parse(parsed.occurredAt);
  const receivedAt = parsed.receivedAt === undefined ? null : Date.parse(parsed.receivedAt);
  const validUntil = parsed.validUntil === undefined ? null : Date.parse(parsed.validUntil);
  const effectiveAt = effectiveAtOf(parsed);
  if (Number.isNaN(occurredAt) || Number.isNaN(receivedAt) || Number.isNaN(validUntil) || Number.isNaN(effectiveAt)) return null;
  const { id, controller, subject, status, purpose, notice, collectionPoint, test } = parsed;
  const { channel = null, recipients = null, attributes = null } = parsed;
  return {
    id,
    controller,
    subject,
    status,
    purpose,
    channel,
    recipients,
    attributes,
    notice,
    occurredAt,
    receivedAt,
    effectiveAt,
    validUntil,
    collectionPoint,
    test: test === true,
    parsed,
  };
}

/** Checks what is read here and no more: a status, say, may be any text. */
function isRecord(value: unknown): value is DecisionRecord {
  if (!isObject(value)) return false;
  // Member by member: millions are read in a row, and a list of names to look up costs several times as much.
  const { id, controller, subject, status, occurredAt, collectionPoint, purpose, notice, confirmation } = value;
  return (
    isText(id) && isText(controller) && isText(subject) && isText(status) && isText(occurredAt) && isText(collectionPoint) &&
    isOptionalText(value["channel"]) && isOptionalText(value["receivedAt"]) && isOptionalText(value["validUntil"]) &&
    isOptionalList(value["recipients"]) && isOptionalList(value["attributes"]) &&
    isObject(purpose) && isText(purpose["key"]) && isText(purpose["version"]) &&
    isObject(notice) && isText(notice["id"]) && isText(notice["version"]) && isText(notice["locale"]) && isText(notice["sha256"]) &&
    (confirmation === undefined || (isObject(confirmation) && isText(confirmation["sentAt"])))
  );
}

function isOptionalText(value: unknown): boolean {
  return value === undefined || isText(value);
}

function isOptionalList(value: unknown): boolean {
  return value === undefined || isTextList(value);
}

function isTextList(value: unknown): boolean {
  return Array.isArray(value) && value.every(isText);
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
