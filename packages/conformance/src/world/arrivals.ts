import type { ConsentStatus } from "@volenti/core/adapter";

/** A decision of the exhaustive cases: its status, and its instant in steps. */
export interface ArrivalDecision {
  readonly status: ConsentStatus;
  readonly step: number;
}

/** One order in which the decisions of one key arrive: positions in `decisions`, whose ids ascend. */
export interface Arrival {
  readonly decisions: readonly ArrivalDecision[];
  readonly order: readonly number[];
}

/**
 * Every multiset of the given size over statuses and instants (two where none are named), in every order of arrival.
 * Equal decisions differ by id.
 */
export function allArrivals(request: {
  statuses: readonly ConsentStatus[];
  size: number;
  steps?: readonly number[] | undefined;
}): Arrival[] {
  const { steps = [0, 1] } = request;
  const kinds = request.statuses.flatMap((status) => steps.map((step) => ({ status, step })));
  return multisets({ kinds, size: request.size }).flatMap((decisions) =>
    permutations(decisions.map((_, index) => index)).map((order) => ({ decisions, order })),
  );
}

export function multisets(request: { kinds: readonly ArrivalDecision[]; size: number }): ArrivalDecision[][] {
  const { kinds, size } = request;
  if (size === 0) return [[]];
  return kinds.flatMap((kind, index) =>
    multisets({ kinds: kinds.slice(index), size: size - 1 }).map((rest) => [kind, ...rest]),
  );
}

function permutations(items: readonly number[]): number[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((item, index) =>
    permutations([...items.slice(0, index), ...items.slice(index + 1)]).map((rest) => [item, ...rest]),
  );
}
