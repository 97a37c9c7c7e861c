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
  "@volenti/governance": { limitInKilobytes: 76 },
  "@volenti/memory": { limitInKilobytes: 10.5 },
  "@volenti/conformance": { limitInKilobytes: 49 },
  "@volenti/conformance/vitest": { limitInKilobytes: 49 },
  "@volenti/http-transport": { limitInKilobytes: 3 },
  "@volenti/regional-store": { limitInKilobytes: 41.5 },
  "@volenti/salesforce": { limitInKilobytes: 62 },
  "@volenti/cegid-retail": { limitInKilobytes: 42.5 },
  "@volenti/cli": { limitInKilobytes: 48 },
};
