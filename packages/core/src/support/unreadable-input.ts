const MARKER = Symbol.for("volenti.unreadableInput");

const CODES = ["malformedJson", "lineTooLong", "invalidUtf8", "malformedRow"] as const;

export type UnreadableInputCode = (typeof CODES)[number];

/** Stands in a stream of submissions for a piece of input that could not be read; becomes a rejected result in its place. */
export interface UnreadableInput {
  readonly code: UnreadableInputCode;
}

export function unreadableInput(code: UnreadableInputCode): UnreadableInput {
  return Object.defineProperty({ code }, MARKER, { value: true });
}

export function isUnreadableInput(value: unknown): value is UnreadableInput {
  if (typeof value !== "object" || value === null || (value as Record<symbol, unknown>)[MARKER] !== true) return false;
  return CODES.some((code) => code === (value as { code?: unknown }).code);
}
