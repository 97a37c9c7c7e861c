const MARKER = Symbol.for("volenti.unreadableInput");

export type UnreadableInputCode = "malformedJson" | "lineTooLong" | "invalidUtf8";

/** Stands in a stream of submissions for a piece of input that could not be read; becomes a rejected result in its place. */
export interface UnreadableInput {
  readonly code: UnreadableInputCode;
}

export function unreadableInput(code: UnreadableInputCode): UnreadableInput {
  return Object.defineProperty({ code }, MARKER, { value: true });
}

export function isUnreadableInput(value: unknown): value is UnreadableInput {
  return typeof value === "object" && value !== null && (value as Record<symbol, unknown>)[MARKER] === true;
}
