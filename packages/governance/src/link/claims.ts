import { createDigestTable, isSameDigest, type Digest } from "./digest-table.ts";

/**
 * Who lays claim to what: a customer to the ref that it would be given, and to the identifiers that would lead a ledger
 * to it. A claim of two customers is nobody's. Some 30 bytes a claim, however long the refs and ids are.
 */
export interface Claims {
  /** A customer that carries a ref already: nobody else may have what is its. */
  claimLinked(keys: readonly Digest[]): void;
  claim(request: { customer: Digest; keys: readonly Digest[] }): void;
  /** Not to be linked, for a reason of its own; its claims count against others all the same. */
  block(request: { customer: Digest; reason: BlockReason }): void;
  reasonOf(customer: Digest): BlockReason | null;
  /** Whether the claims are this customer's alone. */
  holds(request: { customer: Digest; keys: readonly Digest[] }): boolean;
  /** Whether anybody else lays claim to it. */
  isElsewhere(request: { customer: Digest; key: Digest }): boolean;
  countOf(reason: BlockReason): number;
}

export type BlockReason = "duplicate" | "severalPeople";

const LINKED: Digest = { high: 0xffff_ffff, low: 0xffff_ffff };
const REASONS: readonly BlockReason[] = ["duplicate", "severalPeople"];

export function createClaims(): Claims {
  const holders = createDigestTable();
  const blocked = createDigestTable();
  const counts: Record<BlockReason, number> = { duplicate: 0, severalPeople: 0 };
  const block: Claims["block"] = ({ customer, reason }) => {
    // The first reason stands: a customer is counted once.
    if (isSameDigest({ left: customer, right: LINKED }) || blocked.get(customer) !== null) return;
    blocked.set({ key: customer, value: { high: 1, low: REASONS.indexOf(reason) } });
    counts[reason] += 1;
  };
  const claim = (request: { customer: Digest; key: Digest }): void => {
    const { customer, key } = request;
    const holder = holders.get(key);
    if (holder === null) holders.set({ key, value: customer });
    else if (!isSameDigest({ left: holder, right: customer })) {
      for (const claimant of [holder, customer]) block({ customer: claimant, reason: "duplicate" });
    }
  };
  const isElsewhere: Claims["isElsewhere"] = ({ customer, key }) => {
    const holder = holders.get(key);
    return holder !== null && !isSameDigest({ left: holder, right: customer });
  };
  return {
    claimLinked: (keys) => {
      for (const key of keys) {
        claim({ customer: LINKED, key });
        holders.set({ key, value: LINKED });
      }
    },
    claim: ({ customer, keys }) => {
      for (const key of keys) claim({ customer, key });
    },
    block,
    reasonOf: (customer) => REASONS[blocked.get(customer)?.low ?? -1] ?? null,
    holds: ({ customer, keys }) => keys.every((key) => holders.get(key) !== null && !isElsewhere({ customer, key })),
    isElsewhere,
    countOf: (reason) => counts[reason],
  };
}
