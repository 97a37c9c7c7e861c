/**
 * Lets batches that have nothing in common go at once, and those that share a person or a submission id one after the
 * other, in the order in which they came: the second then sees what the first left standing.
 */
export interface Turnstile {
  /** Resolves when every earlier batch with one of the keys has left; the answer leaves. Takes its place at once. */
  enter(keys: ReadonlySet<string>): Promise<() => void>;
}

interface Passenger {
  readonly keys: ReadonlySet<string>;
  readonly left: Promise<void>;
}

export function createTurnstile(): Turnstile {
  const inside = new Set<Passenger>();
  return {
    enter: async (keys) => {
      const earlier = [...inside].filter((passenger) => !passenger.keys.isDisjointFrom(keys));
      const { promise: left, resolve } = Promise.withResolvers<void>();
      const passenger: Passenger = { keys, left };
      inside.add(passenger);
      await Promise.all(earlier.map((passengerBefore) => passengerBefore.left));
      return () => {
        inside.delete(passenger);
        resolve();
      };
    },
  };
}
