import type { OrgRow } from "../mapping/org-row.ts";

/** What one composite call may hold: five collections of 200 rows. */
const COLLECTIONS_PER_CALL = 5;
const ROWS_PER_COLLECTION = 200;

/** The kinds of rows in the order in which they are written: parents first. */
export const ROW_KINDS = ["individual", "profile", "states", "decisions", "flags"] as const;
export type RowKind = (typeof ROW_KINDS)[number];

/** A row that is made when its call is: thousands of rows that wait would cost the garbage collector more than their making. */
export type RowMaker = () => OrgRow;

/** All rows of one person, by kind. */
export type PersonRows = Readonly<Record<RowKind, readonly RowMaker[]>>;

/** A row with the person and the place that its result belongs to. */
export interface PlacedRow {
  readonly person: number;
  readonly kind: RowKind;
  readonly index: number;
  readonly make: RowMaker;
}

/** Up to 200 rows of one kind. */
export interface Collection {
  readonly kind: RowKind;
  readonly rows: readonly PlacedRow[];
}

/**
 * Packs people into as few calls as hold them, each person's rows in one call, in the order given. A person with more
 * rows than one call holds takes several, parents first.
 */
export function packRequests(people: readonly PersonRows[]): readonly (readonly Collection[])[] {
  const calls: (readonly Collection[])[] = [];
  let open = emptyDraft();
  const flush = (): void => {
    const collections = toCollections(open);
    for (let start = 0; start < collections.length; start += COLLECTIONS_PER_CALL) {
      calls.push(collections.slice(start, start + COLLECTIONS_PER_CALL));
    }
    open = emptyDraft();
  };
  for (const [person, rows] of people.entries()) {
    if (ROW_KINDS.some((kind) => open[kind].length > 0) && countCollections({ open, rows }) > COLLECTIONS_PER_CALL) flush();
    for (const kind of ROW_KINDS) rows[kind].forEach((make, index) => open[kind].push({ person, kind, index, make }));
  }
  flush();
  return calls;
}

/** The rows of a call that is being packed. */
type Draft = Readonly<Record<RowKind, PlacedRow[]>>;

function emptyDraft(): Draft {
  return { individual: [], profile: [], states: [], decisions: [], flags: [] };
}

function toCollections(draft: Draft): Collection[] {
  return ROW_KINDS.flatMap((kind) => {
    const collections: Collection[] = [];
    for (let start = 0; start < draft[kind].length; start += ROWS_PER_COLLECTION) {
      collections.push({ kind, rows: draft[kind].slice(start, start + ROWS_PER_COLLECTION) });
    }
    return collections;
  });
}

/** How many there are with one more person's rows. */
function countCollections({ open, rows }: { open: Draft; rows: PersonRows }): number {
  return ROW_KINDS.reduce((sum, kind) => sum + Math.ceil((open[kind].length + rows[kind].length) / ROWS_PER_COLLECTION), 0);
}
