import type { RowsOfKind } from "./rows-of-kind.ts";

/** What one composite call may hold: five collections of 200 rows. */
const COLLECTIONS_PER_CALL = 5;
const ROWS_PER_COLLECTION = 200;

/** The kinds of rows in the order in which they are written: parents first. */
export const ROW_KINDS = ["individual", "profile", "states", "decisions", "flags"] as const;
export type RowKind = (typeof ROW_KINDS)[number];

/** All rows of one person, by kind. */
export type PersonRows = Readonly<Record<RowKind, RowsOfKind>>;

/** Rows of one kind of one person that follow each other: from the first index to before the last. */
export interface RowSpan {
  /** The place of the person among those that were packed. */
  readonly person: number;
  readonly from: number;
  readonly to: number;
}

/** Up to 200 rows of one kind, in their order. */
export interface Collection {
  readonly kind: RowKind;
  readonly spans: readonly RowSpan[];
}

/**
 * Packs people into as few calls as hold them, each person's rows in one call, in the order given. A person with more
 * rows than one call holds takes several, parents first.
 */
export function packRequests(people: readonly PersonRows[]): readonly (readonly Collection[])[] {
  const calls: (readonly Collection[])[] = [];
  const flush = (request: { start: number; end: number }): void => {
    const collections = ROW_KINDS.flatMap((kind) => toCollections({ ...request, people, kind }));
    for (let start = 0; start < collections.length; start += COLLECTIONS_PER_CALL) {
      calls.push(collections.slice(start, start + COLLECTIONS_PER_CALL));
    }
  };
  let open = noCounts();
  let start = 0;
  people.forEach((rows, person) => {
    if (person > start && countCollections({ open, rows }) > COLLECTIONS_PER_CALL) {
      flush({ start, end: person });
      open = noCounts();
      start = person;
    }
    for (const kind of ROW_KINDS) open[kind] += rows[kind].count;
  });
  flush({ start, end: people.length });
  return calls;
}

/** How many rows of each kind there are in a call that is being packed. */
function noCounts(): Record<RowKind, number> {
  return { individual: 0, profile: 0, states: 0, decisions: 0, flags: 0 };
}

/** How many there are with one more person's rows. */
function countCollections({ open, rows }: { open: Readonly<Record<RowKind, number>>; rows: PersonRows }): number {
  let count = 0;
  for (const kind of ROW_KINDS) count += Math.ceil((open[kind] + rows[kind].count) / ROWS_PER_COLLECTION);
  return count;
}

/** The rows of one kind of the people from `start` to before `end`. */
function toCollections(request: { people: readonly PersonRows[]; kind: RowKind; start: number; end: number }): Collection[] {
  const { people, kind, start, end } = request;
  const collections: Collection[] = [];
  let spans: RowSpan[] = [];
  let room = ROWS_PER_COLLECTION;
  for (let person = start; person < end; person += 1) {
    const count = people[person]?.[kind].count ?? 0;
    for (let from = 0; from < count; ) {
      const to = Math.min(count, from + room);
      spans.push({ person, from, to });
      room -= to - from;
      from = to;
      if (room > 0) continue;
      collections.push({ kind, spans });
      spans = [];
      room = ROWS_PER_COLLECTION;
    }
  }
  return spans.length === 0 ? collections : [...collections, { kind, spans }];
}
