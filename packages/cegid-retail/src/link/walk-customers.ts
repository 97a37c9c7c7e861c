import { ConnectorError } from "@volenti/core/adapter";
import { isErased } from "../erasure/is-erased.ts";
import type { CustomerQueryData } from "../soap/data-contract.ts";
import type { CegidSession } from "../transport/cegid-session.ts";
import { CONNECTOR_ID } from "../transport/connector-id.ts";
import { readCustomer } from "../transport/read-customer.ts";

const AT_ONCE = 20;

export interface WalkedCustomer {
  readonly customerId: string;
  readonly stored: CustomerQueryData;
}

/**
 * The records of the brand's own list of ids, in its order, one call each. Those who are not there (any more), who are closed
 * or were erased are left out, and an id that comes again is passed over only where it comes at once. Holds 20 of them.
 */
export async function* walkCustomers(request: {
  session: CegidSession;
  ids: AsyncIterable<string>;
  operation: string;
  signal?: AbortSignal | undefined;
}): AsyncGenerator<WalkedCustomer, void, undefined> {
  for await (const page of inPages(request.ids)) {
    request.signal?.throwIfAborted();
    const { session, operation, signal } = request;
    const read = async (customerId: string): Promise<WalkedCustomer | null> => {
      const stored = await readCustomer({ session, customerId, operation, signal });
      const isThere = stored !== null && stored.Closed !== true && !isErased({ settings: session.settings, stored });
      return isThere ? { customerId, stored } : null;
    };
    yield* (await Promise.all(page.map(read))).filter((walked) => walked !== null);
  }
}

/** The ids behind one of them; all for null. Throws `invalidInput` at the end of a list that does not have it (any more). */
export async function* idsBehind(request: { ids: AsyncIterable<string>; customerId: string | null; operation: string }): AsyncGenerator<string, void, undefined> {
  const { ids, customerId, operation } = request;
  let isMet = customerId === null;
  for await (const id of ids) {
    if (isMet) yield id;
    else isMet = id === customerId;
  }
  if (!isMet) throw new ConnectorError({ code: "invalidInput", connectorId: CONNECTOR_ID, operation, fieldNames: ["cursor"] });
}

async function* inPages(ids: AsyncIterable<string>): AsyncGenerator<readonly string[], void, undefined> {
  let page: string[] = [];
  for await (const id of ids) {
    if (id !== "" && !page.includes(id)) page.push(id);
    if (page.length < AT_ONCE) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}
