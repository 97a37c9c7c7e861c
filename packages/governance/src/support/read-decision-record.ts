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
  const { occurredAt, receivedAt, validUntil } = parsed;
  const instants = {
    occurredAt: Date.parse(occurredAt),
    receivedAt: receivedAt === undefined ? null : Date.parse(receivedAt),
    effectiveAt: effectiveAtOf(parsed),
    validUntil: validUntil === undefined ? null : Date.parse(validUntil),
  };
  if (Object.values(instants).some((instant) => Number.isNaN(instant))) return null;
  const { id, controller, subject, status, purpose, notice, collectionPoint } = parsed;
  const { channel = null, recipients = null, attributes = null } = parsed;
  return { id, controller, subject, status, purpose, notice, collectionPoint, channel, recipients, attributes, ...instants, test: parsed.test === true, parsed };
}

/** Checks what is read here and no more: a status, say, may be any text. */
function isRecord(value: unknown): value is DecisionRecord {
  const texts = ["id", "controller", "subject", "status", "occurredAt", "collectionPoint"];
  if (!texts.every((name) => isText(memberOf({ value, name })))) return false;
  if (!["channel", "receivedAt", "validUntil"].every((name) => isAbsentOr({ value: memberOf({ value, name }), is: isText }))) return false;
  if (!["recipients", "attributes"].every((name) => isAbsentOr({ value: memberOf({ value, name }), is: isTextList }))) return false;
  const purpose = memberOf({ value, name: "purpose" });
  const notice = memberOf({ value, name: "notice" });
  return (
    ["key", "version"].every((name) => isText(memberOf({ value: purpose, name }))) &&
    ["id", "version", "locale", "sha256"].every((name) => isText(memberOf({ value: notice, name }))) &&
    isAbsentOr({ value: memberOf({ value, name: "confirmation" }), is: isConfirmation })
  );
}

function isConfirmation(value: unknown): boolean {
  return isText(memberOf({ value, name: "sentAt" }));
}

function isTextList(value: unknown): boolean {
  return Array.isArray(value) && value.every(isText);
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isAbsentOr(request: { value: unknown; is: (value: unknown) => boolean }): boolean {
  return request.value === undefined || request.is(request.value);
}

function memberOf(request: { value: unknown; name: string }): unknown {
  const { value, name } = request;
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
