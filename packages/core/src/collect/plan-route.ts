import type { ConnectorV1 } from "../connector/v1/connector-v1.ts";
import {
  findGoverningRow,
  isInRegion,
  mayCollectAt,
  mayCopyTo,
  type ResidencyReading,
} from "../residency/evaluate-residency.ts";
import type { RouteExclusion, RouteStep } from "../volenti.ts";

/** A route of the configuration with its regions spelled out as countries. */
export interface ResolvedRoute {
  /** Null: every country. */
  readonly countries: ReadonlySet<string> | null;
  readonly to: readonly string[];
}

/** Where a person's data goes, in which order, and why. */
export interface RoutePlan {
  readonly steps: readonly RouteStep[];
  readonly excluded: readonly RouteExclusion[];
  /** The destination whose ledger names the person: the first of the plan that has one. */
  readonly ledgerId: string | null;
  /** Destinations off the route that residency allows: refusals reach them where they hold the person. */
  readonly refusalsAlsoTo: readonly string[];
}

export interface RouteRules {
  readonly destinations: ReadonlyMap<string, ConnectorV1>;
  readonly routes: readonly ResolvedRoute[];
  readonly residency: ResidencyReading;
}

/**
 * Plans the route of a country. Without a destination that may hold the data the plan has no steps: nothing is sent,
 * and never "somewhere else".
 */
export function planRoute(request: { country: string; rules: RouteRules }): RoutePlan {
  const { country, rules } = request;
  const route = rules.routes.find(({ countries }) => countries === null || countries.has(country));
  if (route === undefined) return { steps: [], excluded: [], ledgerId: null, refusalsAlsoTo: [] };
  const governing = findGoverningRow({ reading: rules.residency, country });
  const connectorOf = (id: string): ConnectorV1 | undefined => rules.destinations.get(id);
  const isLocal = (id: string): boolean =>
    isInRegion({ reading: rules.residency, country, region: connectorOf(id)?.region ?? "" });
  const hasLocal = route.to.some(isLocal);
  const mustKeepLocal = governing?.row.keepLocal === "yes";
  const mayBeginElsewhere = route.to.every((id) => {
    const place = connectorOf(id);
    return place === undefined || isLocal(id) || mayCollectAt({ reading: rules.residency, country, place }).allowed;
  });
  const steps: (Omit<RouteStep, "turn"> & { mustBeFirst: boolean })[] = [];
  const excluded: RouteExclusion[] = [];
  for (const destinationId of route.to) {
    const place = connectorOf(destinationId);
    if (place === undefined) continue;
    const verdicts = [mayCopyTo({ reading: rules.residency, country, place })];
    if (!hasLocal) verdicts.push(mayCollectAt({ reading: rules.residency, country, place }));
    const reasons = [...new Set(verdicts.flatMap((verdict) => verdict.reasons))];
    if (mustKeepLocal && !hasLocal) excluded.push({ destinationId, reasons: [...reasons, `mustKeepLocal:${governing.row.country}`] });
    else if (verdicts.every(({ allowed }) => allowed)) {
      steps.push({ destinationId, reasons, mustBeFirst: isLocal(destinationId) && (mustKeepLocal || !mayBeginElsewhere) });
    } else excluded.push({ destinationId, reasons });
  }
  return arrange({ steps, excluded, country, rules });
}

function arrange(request: {
  steps: readonly (Omit<RouteStep, "turn"> & { mustBeFirst: boolean })[];
  excluded: readonly RouteExclusion[];
  country: string;
  rules: RouteRules;
}): RoutePlan {
  const { excluded, country, rules } = request;
  // Local stores come before the route's own order, so that the ledger that is asked is a local one where there is any.
  const local = request.steps.filter(({ mustBeFirst }) => mustBeFirst);
  const ordered = [...local, ...request.steps.filter(({ mustBeFirst }) => !mustBeFirst)];
  // A ledger abroad is asked before anything is written: where the local store must see the data first, it is none.
  const mayBeAsked = local.length > 0 ? local : ordered;
  const ledgerId = mayBeAsked.find(({ destinationId }) => rules.destinations.get(destinationId)?.ledger !== undefined)?.destinationId ?? null;
  const steps = ordered
    .map(({ destinationId, reasons, mustBeFirst }): RouteStep => ({
      destinationId,
      turn: mustBeFirst || destinationId === ledgerId ? "first" : "then",
      reasons,
    }))
    .toSorted((left, right) => Number(left.turn === "then") - Number(right.turn === "then"));
  const planned = new Set(steps.map(({ destinationId }) => destinationId));
  const refusalsAlsoTo =
    steps.length === 0
      ? []
      : [...rules.destinations]
          .filter(([id, place]) => !planned.has(id) && mayCopyTo({ reading: rules.residency, country, place }).allowed)
          .map(([id]) => id);
  return { steps, excluded, ledgerId, refusalsAlsoTo };
}
