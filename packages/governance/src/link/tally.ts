import type { LinkCounts, LinkFinding, LinkFindingReason } from "./linking-report.ts";

/** What became of customers so far. */
export interface LinkTally {
  add(kind: Exclude<keyof LinkCounts, "customers" | "toBeLinked">): void;
  addToBeLinked(count: number): void;
  /** Counts a customer that is not linked, and tells of it. */
  find(finding: LinkFinding): void;
  /** Counts customers of whom it is told later, or by nobody. */
  count(request: { reason: LinkFindingReason; count: number }): void;
  /** Tells of a customer that is counted already. */
  tell(finding: LinkFinding): void;
  read(): { counts: LinkCounts; reasons: Partial<Record<LinkFindingReason, number>> };
}

const KINDS: Readonly<Record<LinkFindingReason, keyof LinkCounts>> = {
  duplicate: "ambiguous",
  severalPeople: "ambiguous",
  otherRef: "conflicting",
  refTaken: "conflicting",
  noIdentifier: "unmatched",
  notRouted: "unmatched",
  countryUnknown: "unmatched",
  erased: "erased",
  failed: "failed",
};

export function createLinkTally(onFinding: ((finding: LinkFinding) => void) | undefined): LinkTally {
  const counts = { alreadyLinked: 0, linked: 0, toBeLinked: 0, ambiguous: 0, conflicting: 0, unmatched: 0, erased: 0, failed: 0 };
  const reasons: Partial<Record<LinkFindingReason, number>> = {};
  const count: LinkTally["count"] = ({ reason, count: number }) => {
    if (number === 0) return;
    counts[KINDS[reason] as keyof typeof counts] += number;
    reasons[reason] = (reasons[reason] ?? 0) + number;
  };
  return {
    add: (kind) => {
      counts[kind] += 1;
    },
    addToBeLinked: (number) => {
      counts.toBeLinked += number;
    },
    find: (finding) => {
      count({ reason: finding.reason, count: 1 });
      onFinding?.(finding);
    },
    count,
    tell: (finding) => onFinding?.(finding),
    read: () => {
      const customers = Object.values(counts).reduce((total, number) => total + number, 0);
      return { counts: { customers, ...counts }, reasons };
    },
  };
}
