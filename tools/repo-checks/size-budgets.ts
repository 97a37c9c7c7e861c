/** How much of an adopter's bundle one entry of a package may take. */
export interface SizeBudget {
  /** Minified and gzipped, in kB of 1,000 bytes. */
  readonly limitInKilobytes: number;
  /** Libraries that count as its own; other dependencies are apart. */
  readonly including?: readonly string[];
}

/**
 * By the specifier that an adopter imports; an entry that is missing here is a violation. A budget lies a little over
 * what was measured when it was written. A change that needs more says here what for.
 */
export const SIZE_BUDGETS: Readonly<Record<string, SizeBudget>> = {
  // The aim is 30, zod apart: docs/decisions/size-of-core.md says where the bytes are.
  "@volenti/core": { limitInKilobytes: 46, including: ["p-retry"] },
  "@volenti/core/adapter": { limitInKilobytes: 8.5 },
  "@volenti/node": { limitInKilobytes: 11 },
  "@volenti/jurisdictions": { limitInKilobytes: 14 },
  // 9 of them are the phrases of notices in five languages, and who must be asked again.
  // 1.8 kB of it: keys wrapped anew, people whom a system holds and nobody linked, requests and erasures that were cut off.
  "@volenti/governance": { limitInKilobytes: 79 },
  "@volenti/memory": { limitInKilobytes: 10.5 },
  // 1.4 kB of it: cases for all of a person at once, for customers who bear no ref, and for keys wrapped anew; 2.2 kB: for
  // the log of decisions, its checkpoints, and work for later.
  "@volenti/conformance": { limitInKilobytes: 54.5 },
  "@volenti/conformance/vitest": { limitInKilobytes: 54.5 },
  "@volenti/http-transport": { limitInKilobytes: 3 },
  // 0.7 kB of it: data keys wrapped anew. 1.6 kB: the log slice by slice, and where other destinations hold a person, for which
  // the look-up and the erasure are there once more as steps of the schema.
  "@volenti/regional-store": { limitInKilobytes: 45 },
  "@volenti/salesforce": { limitInKilobytes: 62 },
  // 0.3 kB of it: records that a ledger remembers, and customers whom another process makes meanwhile.
  "@volenti/cegid-retail": { limitInKilobytes: 43 },
  "@volenti/cli": { limitInKilobytes: 48 },
};
