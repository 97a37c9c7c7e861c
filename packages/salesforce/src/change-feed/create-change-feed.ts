import { toHexadecimal, toUtf8, type ChangeFeedFacetV1, type SystemChangeV1 } from "@volenti/core/adapter";
import type { CallTerms } from "../intake/send-composite.ts";
import { addressMode, type AddressMode } from "../mapping/address-mode.ts";
import type { SalesforceSession } from "../transport/salesforce-session.ts";
import { describePeople } from "./describe-people.ts";
import { advanceCursor, parseCursor, readFrom, writeCursor, type FeedCursor } from "./feed-cursor.ts";
import { clearedFlags, flagChanges, hasSetFlag } from "./flag-changes.ts";
import type { FoundChange } from "./found-change.ts";
import { mergeByInstant } from "./merge-by-instant.ts";
import { attributeChanges, readChangedProfiles, type ChangedProfile } from "./read-changed-profiles.ts";
import { readClickedConsents } from "./read-clicked-consents.ts";
import { readDecided } from "./read-decided.ts";
import { readMadeConsents } from "./read-made-consents.ts";

const LIST = "changeFeed.listChanges";
/** People of so many rows are looked up together. */
const ROWS_AT_ONCE = 200;

/**
 * What people changed in the org themselves: consents that they clicked or made, opt-out flags that they set or cleared,
 * attributes that they edited. Rows are read in the order of their last modification; a click that something newer
 * replaced is not told.
 */
export function createChangeFeed(session: SalesforceSession): ChangeFeedFacetV1 {
  return {
    async *listChanges({ cursor, signal }) {
      session.context(LIST);
      const terms: CallTerms = { session, operation: LIST, isUrgent: false, ...(signal === undefined ? {} : { signal }) };
      let place = parseCursor({ text: cursor, operation: LIST });
      const feed = { session, operation: LIST, from: readFrom(place), signal };
      const mode = await addressMode({ session, operation: LIST });
      const consents = mergeByInstant({ left: readClickedConsents(feed), right: readMadeConsents(feed) });
      const rows = mergeByInstant<FoundChange, ChangedProfile>({ left: consents, right: readChangedProfiles(feed) });
      for await (const batch of inBatches(rows)) {
        const changes = await toChanges({ terms, batch, mode, since: feed.from });
        const listed = await placeChanges({ terms, changes, cursor: place });
        for (const { change, next } of listed) {
          place = next;
          yield change;
        }
      }
    },
  };
}

async function* inBatches<Item>(items: AsyncIterable<Item>): AsyncGenerator<readonly Item[]> {
  let batch: Item[] = [];
  for await (const item of items) {
    batch.push(item);
    if (batch.length < ROWS_AT_ONCE) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

async function toChanges(request: {
  terms: CallTerms;
  batch: readonly (FoundChange | ChangedProfile)[];
  mode: AddressMode;
  since: number;
}): Promise<readonly FoundChange[]> {
  const { terms, batch, mode, since } = request;
  const { session } = terms;
  const { catalogue } = session.context(LIST);
  const profiles = batch.filter((item): item is ChangedProfile => "row" in item);
  const cleared = profiles.flatMap((profile) => clearedFlags({ profile, session, since }));
  const flagged = profiles.filter((profile) => hasSetFlag({ profile, session }));
  const refs = [...flagged, ...cleared].map(({ subjectRef }) => subjectRef);
  const decided = await readDecided({ ...terms, refs, cleared });
  const changes: FoundChange[] = [];
  for (const item of batch) {
    if ("row" in item) {
      changes.push(...flagChanges({ profile: item, session, catalogue, decided, since }));
      changes.push(...attributeChanges({ profile: item, session, mode, since }));
    } else changes.push(item);
  }
  return changes;
}

/** Leaves out what was listed before the cursor, and says of the rest where it stands and how the person is known. */
async function placeChanges(request: {
  terms: CallTerms;
  changes: readonly FoundChange[];
  cursor: FeedCursor;
}): Promise<readonly { change: SystemChangeV1; next: FeedCursor }[]> {
  const { terms, changes } = request;
  const { crypto } = terms.session.context(LIST);
  const digests = await crypto.sha256(changes.map(({ changeId }) => toUtf8(changeId)));
  const fresh = changes.flatMap((change, index) => {
    const mark = toHexadecimal(digests[index] ?? new Uint8Array()).slice(0, 12);
    return request.cursor.listed.has(mark) ? [] : [{ change, mark }];
  });
  const people = await describePeople({ ...terms, refs: fresh.map(({ change }) => change.subjectRef) });
  let cursor = request.cursor;
  return fresh.map(({ change: { at, ...change }, mark }) => {
    cursor = advanceCursor({ cursor, at, mark });
    const person = people.get(change.subjectRef);
    return {
      change: { ...change, cursor: writeCursor(cursor), identifiers: person?.identifiers ?? [], country: person?.country ?? null },
      next: cursor,
    };
  });
}
