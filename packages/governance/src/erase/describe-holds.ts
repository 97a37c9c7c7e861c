import { matchesAnyAttribute, type HoldV1 } from "@volenti/core/adapter";
import type { ErasureRecord } from "./erasure-report.ts";

export function holdsEverything(holds: readonly HoldV1[]): boolean {
  return holds.some(({ scope }) => scope.includes("*"));
}

/** The holds about everything: the whole person stays. */
export function describeWholeHolds(holds: readonly HoldV1[]): readonly ErasureRecord[] {
  return holds.filter(({ scope }) => scope.includes("*")).map((hold) => ({ kind: "person", count: 1, ...whyKept(hold) }));
}

/** The holds about some of the attributes that are there, by name. */
export function describeAttributeHolds(request: { holds: readonly HoldV1[]; attributes: readonly string[] }): readonly ErasureRecord[] {
  return request.holds.flatMap((hold): ErasureRecord[] => {
    const kept = request.attributes.filter((attribute) => matchesAnyAttribute({ patterns: hold.scope, attribute }));
    return kept.length === 0 ? [] : [{ kind: "profile", count: kept.length, attributes: kept.toSorted(), ...whyKept(hold) }];
  });
}

/** What goes with whatever a hold keeps: the identifiers, by which the person is found again when it ends. */
export function describeKeptLinks(request: { holds: readonly HoldV1[]; count: number }): readonly ErasureRecord[] {
  return request.count === 0 ? [] : request.holds.map((hold) => ({ kind: "identifiers", count: request.count, ...whyKept(hold) }));
}

function whyKept({ reason, law, until }: HoldV1): Pick<ErasureRecord, "outcome" | "reason" | "law" | "until"> {
  return { outcome: "kept", reason, law, ...(until === null ? {} : { until: new Date(until).toISOString() }) };
}
