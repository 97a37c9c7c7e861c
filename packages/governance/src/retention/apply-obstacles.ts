import { matchesAnyAttribute, type HoldV1 } from "@volenti/core/adapter";
import type { PersonVerdict } from "./judge-person.ts";
import type { Obstacles } from "./read-obstacles.ts";
import type { KeptReason, RetentionAction } from "./retention-report.ts";

/** One thing to be done with a person, or to be left. */
export interface PlannedAction {
  readonly action: RetentionAction;
  readonly purposes: readonly string[];
  readonly attributes: readonly string[];
  readonly reason?: KeptReason;
  /** Epoch milliseconds; null where no end is known. */
  readonly until?: number | null;
}

/**
 * What is left to do where holds and a restriction stand. A hold on everything keeps the person; one on some attributes
 * keeps those, and the record with them, so that what would be erased is masked around them.
 */
export function applyObstacles(request: { verdict: PersonVerdict; obstacles: Obstacles }): readonly PlannedAction[] {
  const { verdict, obstacles } = request;
  const { action, purposes, attributes } = verdict;
  if (action === "keep") return [];
  if (obstacles.isRestricted) return [{ action: "keep", purposes, attributes, reason: "restricted" }];
  const { holds } = obstacles;
  if (holds.length === 0) return [{ action, purposes, attributes }];
  const held = attributes.filter((attribute) => holds.some(({ scope }) => matchesAnyAttribute({ patterns: scope, attribute })));
  const free = attributes.filter((attribute) => !held.includes(attribute));
  // Erasing takes the record, and with it whatever a hold means that is no attribute.
  const isKept = action === "erase" || held.length > 0;
  const keeping = action === "erase" ? holds : holds.filter(({ scope }) => held.some((attribute) => matchesAnyAttribute({ patterns: scope, attribute })));
  return [
    ...(isKept ? [{ action: "keep" as const, purposes, attributes: held, reason: "held" as const, until: latestEnd(keeping) }] : []),
    ...(free.length > 0 ? [{ action: "mask" as const, purposes, attributes: free }] : []),
  ];
}

function latestEnd(holds: readonly HoldV1[]): number | null {
  return holds.reduce<number | null>((latest, { until }) => (latest === null || until === null ? null : Math.max(latest, until)), 0);
}
