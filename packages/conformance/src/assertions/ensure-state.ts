import type { ConnectorTraitsV1, ConsentState } from "@volenti/core/adapter";
import { comparableState } from "./comparable-state.ts";
import { ensure, ensureEqual, ensurePresent } from "./ensure.ts";

const STEPS = { millisecond: 1, second: 1000, day: 86_400_000 } as const;

/** Fails the case unless a state that was read is the one that was written, to the precision and the detail that the connector declares. */
export function ensureState(request: {
  actual: ConsentState | null | undefined;
  expected: ConsentState;
  traits: ConnectorTraitsV1;
  what: string;
}): void {
  const { traits, what } = request;
  const expected = comparableState({ state: request.expected, traits });
  const actual = comparableState({ state: ensurePresent({ value: request.actual, what }), traits });
  ensureInstant({ actual: actual.effectiveAt, expected: expected.effectiveAt, traits, what: `${what}, effectiveAt` });
  if (expected.validUntil === null) ensureEqual({ actual: actual.validUntil, expected: null, what: `${what}, validUntil` });
  else ensureInstant({ actual: actual.validUntil, expected: expected.validUntil, traits, what: `${what}, validUntil` });
  ensureEqual({
    actual: { ...actual, effectiveAt: 0, validUntil: 0 },
    expected: { ...expected, effectiveAt: 0, validUntil: 0 },
    what,
  });
}

/** Fails the case unless two instants are the same step of the connector's time. */
export function ensureInstant(request: {
  actual: number | null;
  expected: number;
  traits: ConnectorTraitsV1;
  what: string;
}): void {
  const { actual, expected, traits, what } = request;
  const isClose = typeof actual === "number" && Math.abs(actual - expected) < STEPS[traits.instantPrecision];
  ensure({ that: isClose, otherwise: `${what}: expected ${expected}, got ${actual}` });
}

/** Fails the case unless the states, in any order, are exactly these. */
export function ensureStates(request: {
  actual: readonly ConsentState[];
  expected: readonly ConsentState[];
  traits: ConnectorTraitsV1;
  what: string;
}): void {
  const { actual, expected, traits, what } = request;
  const keyOf = ({ purpose, channel }: ConsentState): string => `${purpose} ${channel}`;
  ensureEqual({ actual: actual.map(keyOf).toSorted(), expected: expected.map(keyOf).toSorted(), what: `${what}, keys` });
  for (const state of expected) {
    const found = actual.find((candidate) => keyOf(candidate) === keyOf(state));
    ensureState({ actual: found, expected: state, traits, what: `${what}, ${keyOf(state)}` });
  }
}
