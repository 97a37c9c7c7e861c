/**
 * The member of a configuration's keyring or destination that is told, before first use, from which folder its
 * relative paths count. Registered, so that a package can offer it without importing this one.
 */
export const RESOLVE_FROM: unique symbol = Symbol.for("volenti.resolveFrom");

export interface ResolvesFrom {
  [RESOLVE_FROM](directory: string): void;
}

export function resolvesFrom(value: unknown): value is ResolvesFrom {
  return typeof value === "object" && value !== null && typeof (value as Partial<ResolvesFrom>)[RESOLVE_FROM] === "function";
}
