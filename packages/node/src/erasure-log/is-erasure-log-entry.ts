import type { ErasureLogEntry } from "@volenti/core";

const REASONS: ReadonlySet<unknown> = new Set(["subjectRequest", "retentionEnded", "testData"]);
const OUTCOMES: ReadonlySet<unknown> = new Set(["complete", "incomplete", "held"]);
const DIGEST = /^[0-9a-f]{64}$/;

/** Whether a value out of a file is an entry, every member included: half of one would leave somebody unerased. */
export function isErasureLogEntry(value: unknown): value is ErasureLogEntry {
  if (!isRecord(value) || value["schema"] !== "volenti-erasure-log-1" || !isText(value["entryId"])) return false;
  if (value["kind"] === "done") return isInstant(value["finishedAt"]) && OUTCOMES.has(value["outcome"]);
  const { kind, requestedAt, loggedAt, reason, places, kept } = value;
  const isDated = isInstant(requestedAt) && isInstant(loggedAt);
  return kind === "erasure" && isDated && REASONS.has(reason) && isListOf(places, isPlace) && isListOf(kept, isText);
}

function isPlace(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { destinationId, subjectRefs, derivedRefs, suppressions } = value;
  return isText(destinationId) && isListOf(subjectRefs, isText) && typeof derivedRefs === "boolean" && isListOf(suppressions, isSuppression);
}

function isSuppression(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { kind, keyId, digest } = value;
  return isText(kind) && isText(keyId) && typeof digest === "string" && DIGEST.test(digest);
}

function isListOf(value: unknown, isItem: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isItem);
}

function isInstant(value: unknown): boolean {
  return typeof value === "string" && !Number.isNaN(Date.parse(value));
}

function isText(value: unknown): boolean {
  return typeof value === "string" && value !== "";
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
