/** One run of a writer's program, which may die. What it had sent is under way all the same. */
export interface Process {
  /** `A1`: the first process of writer A. */
  readonly name: string;
  isAlive(): boolean;
  /** The next exchange with some system; answers its number, from 1. */
  countExchange(): number;
  die(): void;
  /** Settles when it dies. */
  readonly death: Promise<void>;
  exchanges(): number;
}

export function createProcess(name: string): Process {
  const { promise: death, resolve } = Promise.withResolvers<void>();
  let isAlive = true;
  let exchanges = 0;
  return {
    name,
    isAlive: () => isAlive,
    countExchange: () => (exchanges += 1),
    die: () => {
      isAlive = false;
      resolve();
    },
    death,
    exchanges: () => exchanges,
  };
}
