/** Written before an entry whose predecessor a crash cut off. */
export const TORN_LINE = { schema: "volenti-erasure-log-1", kind: "torn" } as const;
