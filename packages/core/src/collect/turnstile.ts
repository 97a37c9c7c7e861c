/**
 * Lets batches that have nothing in common go at once, and those that share a key one after the other, in the order in
 * which they came: the second then sees what the first left standing.
 */
export interface Turnstile {
  /** Resolves when every earlier batch with one of the keys has left. Takes its place at once. */
  enter(keys: ReadonlySet<string>): Promise<Passage>;
}

export interface Passage {
  /** Whether another batch was inside: what was known of the people before may have changed. */
  readonly hadToWait: boolean;
  leave(): void;
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
      return {
        hadToWait: earlier.length > 0,
        leave: () => {
          inside.delete(passenger);
          resolve();
        },
      };
    },
  };
}
