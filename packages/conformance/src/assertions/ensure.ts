import { ConformanceFailure } from "./conformance-failure.ts";
import { deepEqual } from "./deep-equal.ts";

/** Fails the case unless the promise holds. */
export function ensure(request: { that: boolean; otherwise: string }): void {
  if (!request.that) throw new ConformanceFailure(request.otherwise);
}

/** Fails the case unless both are the same plain data. */
export function ensureEqual(request: { actual: unknown; expected: unknown; what: string }): void {
  const { actual, expected, what } = request;
  if (deepEqual({ left: actual, right: expected })) return;
  throw new ConformanceFailure(`${what}: expected ${show(expected)}, got ${show(actual)}`);
}

/** Fails the case unless there is a value; answers it. */
export function ensurePresent<Value>(request: { value: Value; what: string }): NonNullable<Value> {
  const { value, what } = request;
  if (value === null || value === undefined) throw new ConformanceFailure(`${what}: there is none`);
  return value;
}

function show(value: unknown): string {
  const text = typeof value === "bigint" ? String(value) : (JSON.stringify(value) ?? String(value));
  return text.length > 400 ? `${text.slice(0, 400)}…` : text;
}
