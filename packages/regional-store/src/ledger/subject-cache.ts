import type { WrappedDataKey } from "../encryption/wrapped-data-key.ts";

/** What is known of a person that the next write needs. */
export interface CachedSubject {
  /** How often the person had been erased when last looked up; null where only written, never looked up. */
  readonly generation: number | null;
  /** Null where the person had none. */
  readonly key: WrappedDataKey | null;
  /** Whether a consultation has linked the identifiers of the submission, so that the write need not. */
  readonly isLinked: boolean;
}

export interface SubjectCache {
  get(ref: string): CachedSubject | undefined;
  set(ref: string, subject: CachedSubject): void;
  /**
   * Forgets whoever was only ever written. Whoever was looked up stays as they were, for the store to refuse by their
   * generation what was looked up before the erasure and is written after it.
   */
  forgetErased(ref: string): void;
}

/**
 * Keeps people from their consultation to their writes; the oldest give way. What is not in it costs a write at most one
 * more round trip: nothing depends on it but speed, and that an erasure between consultation and write is noticed.
 */
export function createSubjectCache(request: { capacity: number }): SubjectCache {
  const subjects = new Map<string, CachedSubject>();
  return {
    get: (ref) => subjects.get(ref),
    set: (ref, subject) => {
      subjects.delete(ref);
      subjects.set(ref, subject);
      if (subjects.size <= request.capacity) return;
      for (const oldest of subjects.keys()) {
        subjects.delete(oldest);
        return;
      }
    },
    forgetErased: (ref) => {
      if (subjects.get(ref)?.generation === null) subjects.delete(ref);
    },
  };
}
