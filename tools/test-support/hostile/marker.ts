import { inspect } from "node:util";
import { reveals } from "../../../packages/conformance/src/assertions/reveals.ts";

/**
 * Stands in every value that a person or a system gives. Its core is ASCII, so that it survives URL encoding, other
 * normal forms and escapes of JSON; its first letter is not, so that each of those has something to do.
 */
export const MARKER = "\u00C9vqzkanari7f3a";
const CORE = "vqzkanari7f3a";

/** Where a value shows the marker, in any of its faces and disguises, also as the debugger prints it; null where nowhere. */
export function findMarker(value: unknown): string | null {
  const place = reveals({ value: [value], needles: [CORE] });
  if (place !== null) return place;
  return inspect(value, { depth: 12, showHidden: true }).toLowerCase().includes(CORE) ? "inspect" : null;
}
