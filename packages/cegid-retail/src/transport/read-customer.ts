import { ConnectorError } from "@volenti/core/adapter";
import { mayBeUnknownCustomer } from "../error/may-be-unknown-customer.ts";
import type { CustomerQueryData } from "../soap/data-contract.ts";
import type { CegidSession } from "./cegid-session.ts";

const UNREACHED: ReadonlySet<string> = new Set(["unauthenticated", "unavailable", "rateLimited", "timedOut"]);

/**
 * The customer of an id; null where the folder was reached and has none that the technical user may see.
 *
 * Tenants tell an unknown id by an empty answer or by a fault whose code is their own. After such a fault the folder is asked
 * once more, by a search for the id: only when it answers that and does not find the id either, nobody is there; else the
 * fault stands, unless the folder was not reached at all, which is no answer. One call, or two where there is a fault.
 */
export async function readCustomer(request: {
  session: CegidSession;
  customerId: string;
  operation: string;
  isUrgent?: boolean | undefined;
  signal?: AbortSignal | undefined;
}): Promise<CustomerQueryData | null> {
  const { session, customerId, ...rest } = request;
  try {
    return await session.call({ ...rest, name: "GetCustomerDetail", arguments: { customerId }, changes: false });
  } catch (error) {
    if (!ConnectorError.isInstance(error) || !mayBeUnknownCustomer(error)) throw error;
    const searchData = { CustomerId: customerId, MaxNumberOfCustomers: 2 };
    const found = await session.call({ ...rest, name: "SearchCustomerIds", arguments: { searchData }, changes: false }).catch(passUnreached);
    request.signal?.throwIfAborted();
    if (found === null || found.some(({ CustomerId }) => CustomerId === customerId)) throw error;
    return null;
  }
}

function passUnreached(error: unknown): null {
  if (ConnectorError.isInstance(error) && UNREACHED.has(error.code)) throw error;
  return null;
}
