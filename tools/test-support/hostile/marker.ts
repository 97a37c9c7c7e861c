import { inspect } from "node:util";
import { reveals } from "../../../packages/conformance/src/assertions/reveals.ts";

/**
 * Stands in every value that a person or a system gives. Its core is ASCII, so that it survives URL encoding, other
 * normal forms and escapes of JSON; its first letter is not, so that each of those has something to do.
 */
export const MARKER = "\u00C9vqzkanari7f3a";
const CORE = "vqzkanari7f3a";

/**
 * Where a value shows the marker, or one of `more`, in any of its faces and disguises, also as the debugger prints it; null
 * where nowhere.
 */
export function findMarker(value: unknown, more: readonly string[] = []): string | null {
  const needles = [CORE, ...more];
  const place = reveals({ value: [value], needles });
  if (place !== null) return place;
  const printed = inspect(value, { depth: 12, showHidden: true }).toLowerCase();
  return needles.some((needle) => printed.includes(needle.toLowerCase())) ? "inspect" : null;
}
