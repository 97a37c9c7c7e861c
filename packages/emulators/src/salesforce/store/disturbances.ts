/** What befalls writes on demand. */
export interface Disturbances {
  /** Calls (by chunk) of an object that still meet a lock. */
  readonly locks: Map<string, number>;
  /** Values of external ids, lower case: a row that has or names one is refused with the error. */
  readonly refusedKeys: Map<string, { statusCode: string; message: string }>;
  isStorageFull: boolean;
}

export function createDisturbances(): Disturbances {
  return { locks: new Map(), refusedKeys: new Map(), isStorageFull: false };
}

/** True where the chunk meets a lock; counts it down. */
export function meetsLock(request: { disturbances: Disturbances; objectName: string }): boolean {
  const { locks } = request.disturbances;
  const left = locks.get(request.objectName) ?? 0;
  if (left <= 0) return false;
  locks.set(request.objectName, left - 1);
  return true;
}
