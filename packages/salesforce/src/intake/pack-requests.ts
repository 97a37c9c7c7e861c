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
  let open: PlacedRow[] = [];
  let counts = emptyCounts();
  const flush = (): void => {
    const collections = toCollections(open);
    for (let start = 0; start < collections.length; start += COLLECTIONS_PER_CALL) {
      calls.push(collections.slice(start, start + COLLECTIONS_PER_CALL));
    }
    open = [];
    counts = emptyCounts();
  };
  for (const [person, rows] of people.entries()) {
    const widened = addCounts({ counts, rows });
    if (open.length > 0 && countCollections(widened) > COLLECTIONS_PER_CALL) flush();
    counts = addCounts({ counts, rows });
    for (const kind of ROW_KINDS) open.push(...rows[kind].map((make, index) => ({ person, kind, index, make })));
  }
  flush();
  return calls;
}

function toCollections(rows: readonly PlacedRow[]): Collection[] {
  return ROW_KINDS.flatMap((kind) => {
    const ofKind = rows.filter((row) => row.kind === kind);
    const collections: Collection[] = [];
    for (let start = 0; start < ofKind.length; start += ROWS_PER_COLLECTION) {
      collections.push({ kind, rows: ofKind.slice(start, start + ROWS_PER_COLLECTION) });
    }
    return collections;
  });
}

type Counts = Readonly<Record<RowKind, number>>;

function emptyCounts(): Counts {
  return { individual: 0, profile: 0, states: 0, decisions: 0, flags: 0 };
}

function addCounts(request: { counts: Counts; rows: PersonRows }): Counts {
  const { counts, rows } = request;
  return {
    individual: counts.individual + rows.individual.length,
    profile: counts.profile + rows.profile.length,
    states: counts.states + rows.states.length,
    decisions: counts.decisions + rows.decisions.length,
    flags: counts.flags + rows.flags.length,
  };
}

function countCollections(counts: Counts): number {
  return ROW_KINDS.reduce((sum, kind) => sum + Math.ceil(counts[kind] / ROWS_PER_COLLECTION), 0);
}
