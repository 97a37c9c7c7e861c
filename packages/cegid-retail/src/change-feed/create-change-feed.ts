import { ConnectorError, type ChangeFeedFacetV1 } from "@volenti/core/adapter";
import { walkCustomers } from "../link/walk-customers.ts";
import type { CegidSession } from "../transport/cegid-session.ts";
import { CONNECTOR_ID } from "../transport/connector-id.ts";
import { toChanges } from "./to-changes.ts";

const LIST = "changeFeed.listChanges";
/** Of a customer's id, which is what a cursor is. */
const LONGEST_ID = 17;

/**
 * Opt-ins that were changed at the till, of the customers of the brand's own list (`customerList`), one call each; null where
 * there is no list, or where no slots say what we last wrote.
 *
 * Y2 has no query for changes and no order of them: what is told is what differs now, in the order of the list. It is told
 * until it comes back as a decision of ours, each time by the same `changeId` where the record is still as it was. A cursor
 * is only where the round begins: behind it first, then the list's beginning, so that nothing is passed over for good.
 */
export function createChangeFeed(session: CegidSession): ChangeFeedFacetV1 | null {
  const { settings } = session;
  const { customerList, slots } = settings;
  if (customerList === null || slots === null) return null;
  return {
    async *listChanges({ cursor, signal }) {
      const { catalogue, clock } = session.context(LIST);
      if (cursor !== null && (cursor === "" || cursor.length > LONGEST_ID)) {
        throw new ConnectorError({ code: "invalidInput", connectorId: CONNECTOR_ID, operation: LIST, fieldNames: ["cursor"] });
      }
      for await (const walked of walkCustomers({ session, ids: idsAround({ list: customerList, customerId: cursor }), operation: LIST, signal })) {
        yield* toChanges({ settings, catalogue, walked, now: clock.now() });
      }
    },
  };
}

/** All ids once: those behind one of them, then from the beginning up to it. One that is not in the list is the last. */
async function* idsAround(request: { list: () => AsyncIterable<string>; customerId: string | null }): AsyncGenerator<string, void, undefined> {
  const { list, customerId } = request;
  let isMet = customerId === null;
  for await (const id of list()) {
    if (isMet) yield id;
    else isMet = id === customerId;
  }
  if (customerId === null) return;
  for await (const id of list()) {
    yield id;
    if (id === customerId) return;
  }
}
