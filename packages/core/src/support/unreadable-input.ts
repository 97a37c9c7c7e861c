const MARKER = Symbol.for("volenti.unreadableInput");

const CODES = ["malformedJson", "lineTooLong", "invalidUtf8", "malformedRow"] as const;

/** Why a line could not be read. */
export type UnreadableInputCode = (typeof CODES)[number];

/** Stands in a stream of submissions for a piece of input that could not be read; becomes a rejected result in its place. */
export interface UnreadableInput {
  readonly code: UnreadableInputCode;
}

/** Marks a line that could not be read, so that it is rejected in its place in the stream. */
export function unreadableInput(code: UnreadableInputCode): UnreadableInput {
  return Object.defineProperty({ code }, MARKER, { value: true });
}

export function isUnreadableInput(value: unknown): value is UnreadableInput {
  if (typeof value !== "object" || value === null || (value as Record<symbol, unknown>)[MARKER] !== true) return false;
  return CODES.some((code) => code === (value as { code?: unknown }).code);
}
