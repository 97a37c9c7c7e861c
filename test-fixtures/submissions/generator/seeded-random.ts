/** Numbers that look random and are the same on every run and machine. */
export interface SeededRandom {
  /** At least 0, below the bound. */
  integer(bound: number): number;
  chance(probability: number): boolean;
  pick<T>(choices: readonly T[]): T;
  /** In the form of a version 4 UUID. */
  uuid(): string;
}

/** Mulberry32: 32 bits of state are plenty for a few hundred lines. */
export function createSeededRandom(seed: number): SeededRandom {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const integer = (bound: number): number => Math.floor(next() * bound);
  const digits = (count: number): string =>
    Array.from({ length: count }, () => integer(16).toString(16)).join("");
  return {
    integer,
    chance: (probability) => next() < probability,
    pick: (choices) => {
      const choice = choices[integer(choices.length)];
      if (choice === undefined) throw new RangeError("nothing to pick from");
      return choice;
    },
    uuid: () => `${digits(8)}-${digits(4)}-4${digits(3)}-${"89ab"[integer(4)]}${digits(3)}-${digits(12)}`,
  };
}
