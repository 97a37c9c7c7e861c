/** Numbers that look random and are the same for the same seed, on every machine. */
export interface Random {
  /** In [0, 1). */
  next(): number;
  /** A whole number from 0 to `limit - 1`. */
  integer(limit: number): number;
  chance(probability: number): boolean;
  pick<Item>(items: readonly Item[]): Item;
  shuffle<Item>(items: readonly Item[]): Item[];
  bytes(length: number): Uint8Array;
  /** UUID version 4 in form (RFC 9562). */
  uuid(): string;
  /** A generator of its own: what draws from it does not move the draws of others. */
  fork(label: string): Random;
}

/** The generator is mulberry32: 32 bits of state, enough for schedules, and not for secrets. */
export function createRandom(seed: string): Random {
  let state = hash(seed);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const integer = (limit: number): number => Math.floor(next() * limit);
  const bytes = (length: number): Uint8Array => Uint8Array.from({ length }, () => integer(256));
  return {
    next,
    integer,
    chance: (probability) => next() < probability,
    pick: (items) => pickFrom({ items, index: integer(items.length) }),
    shuffle: (items) => shuffle({ items, integer }),
    bytes,
    uuid: () => toUuid(bytes(16)),
    fork: (label) => createRandom(`${seed}/${label}`),
  };
}

/** FNV-1a: spreads neighbouring seeds over all states. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const character of text) value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return value | 0;
}

function pickFrom<Item>(request: { items: readonly Item[]; index: number }): Item {
  const { items, index } = request;
  if (index >= items.length) throw new RangeError("nothing to pick from");
  return items[index] as Item;
}

function shuffle<Item>(request: { items: readonly Item[]; integer: (limit: number) => number }): Item[] {
  const open = [...request.items];
  const drawn: Item[] = [];
  while (open.length > 0) drawn.push(...open.splice(request.integer(open.length), 1));
  return drawn;
}

function toUuid(bytes: Uint8Array): string {
  const digits = Buffer.from(bytes).toString("hex");
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-8${digits.slice(17, 20)}-${digits.slice(20)}`;
}
