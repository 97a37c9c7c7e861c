import type { MergedPersonV1 } from "@volenti/core/adapter";

/** Every ref of a person, the one they are known by first. */
export function refsOf({ subjectRef, merged }: MergedPersonV1): readonly string[] {
  return [subjectRef, ...merged];
}
