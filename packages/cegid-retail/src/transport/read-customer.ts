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
  /** A fault that may mean that there is no such customer, and need not: {@link ensureNobody} makes sure. */
  readonly doubt: ConnectorError | null;
}

/**
 * The customer of an id; null where the folder was reached and has none that the technical user may see.
 *
 * Tenants tell an unknown id by an empty answer or by a fault whose code is their own. After such a fault the folder is asked
 * once more, by a search for the id: only when it answers that and does not find the id either, nobody is there; else the
 * fault stands, unless the folder was not reached at all, which is no answer. One call, or two where there is a fault.
 */
export async function readCustomer(request: CustomerRead): Promise<CustomerQueryData | null> {
  const asked = await askForCustomer(request);
  await ensureNobody({ ...request, asked });
  return asked.stored;
}

/** The first of the two calls, for whoever may find out otherwise what a fault means. */
export async function askForCustomer(request: CustomerRead): Promise<Asked> {
  const { session, customerId, ...rest } = request;
  try {
    return { stored: await session.call({ ...rest, name: "GetCustomerDetail", arguments: { customerId }, changes: false }), doubt: null };
  } catch (error) {
    if (!ConnectorError.isInstance(error) || !mayBeUnknownCustomer(error)) throw error;
    return { stored: null, doubt: error };
  }
}

/** The second, where there is a doubt: rejects with it unless nobody has the id. */
export async function ensureNobody(request: CustomerRead & { asked: Asked }): Promise<void> {
  const { session, customerId, asked: { doubt }, ...rest } = request;
  if (doubt === null) return;
  const searchData = { CustomerId: customerId, MaxNumberOfCustomers: 2 };
  const found = await session.call({ ...rest, name: "SearchCustomerIds", arguments: { searchData }, changes: false }).catch(passUnreached);
  request.signal?.throwIfAborted();
  if (found === null || found.some(({ CustomerId }) => CustomerId === customerId)) throw doubt;
}

function passUnreached(error: unknown): null {
  if (ConnectorError.isInstance(error) && UNREACHED.has(error.code)) throw error;
  return null;
}
