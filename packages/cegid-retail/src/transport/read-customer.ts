import { ConnectorError } from "@volenti/core/adapter";
import { mayBeUnknownCustomer } from "../error/may-be-unknown-customer.ts";
import type { CustomerQueryData } from "../soap/data-contract.ts";
import type { CegidSession } from "./cegid-session.ts";

const UNREACHED: ReadonlySet<string> = new Set(["unauthenticated", "unavailable", "rateLimited", "timedOut"]);

interface CustomerRead {
  readonly session: CegidSession;
  readonly customerId: string;
  readonly operation: string;
  readonly isUrgent?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What a folder that was reached answers for an id. */
export interface Asked {
  /** Null where it names nobody. */
  readonly stored: CustomerQueryData | null;
  /** A fault that may mean that there is no such customer, and need not: {@link askAgain} makes sure. */
  readonly doubt: ConnectorError | null;
}

/**
 * The customer of an id; null where the folder was reached and has none that the technical user may see.
 *
 * Tenants tell an unknown id by an empty answer or by a fault whose code is their own. After such a fault the folder is asked
 * once more, by a search for the id: only when it answers that and does not find the id either, nobody is there. Where it finds the
 * id another process may have made the customer since: the record is read again, and a fault that comes again stands. A folder
 * that is not reached is no answer. One call, two where there is a fault, and three where it was none.
 */
export async function readCustomer(request: CustomerRead): Promise<CustomerQueryData | null> {
  const asked = await askForCustomer(request);
  return asked.stored ?? askAgain({ ...request, asked });
}

/** The first of the calls, for whoever may find out otherwise what a fault means. */
export async function askForCustomer(request: CustomerRead): Promise<Asked> {
  const { session, customerId, ...rest } = request;
  try {
    return { stored: await session.call({ ...rest, name: "GetCustomerDetail", arguments: { customerId }, changes: false }), doubt: null };
  } catch (error) {
    if (!ConnectorError.isInstance(error) || !mayBeUnknownCustomer(error)) throw error;
    return { stored: null, doubt: error };
  }
}

/** The others, where there is a doubt: null where nobody has the id, and who has it by now. Rejects with the doubt where it stands. */
export async function askAgain(request: CustomerRead & { asked: Asked }): Promise<CustomerQueryData | null> {
  const { session, customerId, asked: { doubt }, ...rest } = request;
  if (doubt === null) return null;
  const searchData = { CustomerId: customerId, MaxNumberOfCustomers: 2 };
  const found = await session.call({ ...rest, name: "SearchCustomerIds", arguments: { searchData }, changes: false }).catch(passUnreached);
  request.signal?.throwIfAborted();
  if (found === null) throw doubt;
  if (!found.some(({ CustomerId }) => CustomerId === customerId)) return null;
  const stored = await session.call({ ...rest, name: "GetCustomerDetail", arguments: { customerId }, changes: false });
  if (stored === null) throw doubt;
  return stored;
}

function passUnreached(error: unknown): null {
  if (ConnectorError.isInstance(error) && UNREACHED.has(error.code)) throw error;
  return null;
}
