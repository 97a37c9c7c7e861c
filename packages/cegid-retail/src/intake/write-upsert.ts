import { ConnectorError, type SubjectWriteV1 } from "@volenti/core/adapter";
import { failCall, type CallTerms } from "../identity/call-terms.ts";
import type { LookUpOrder } from "../identity/look-up-order.ts";
import { readOwn } from "../identity/read-own.ts";
import { listCriteria } from "../identity/search-criterion.ts";
import { toCustomerId } from "../mapping/customer-id.ts";
import { settleCustomer, type SettledCustomer } from "./settle-customer.ts";
import { settleOwn, writeKnown, type KnownItem } from "./write-known.ts";
import { writeMatch } from "./write-match.ts";

/**
 * Writes an item to the customer of its ref: of our own id, or who carries the link, else whom a match key finds, else one
 * who is created. Three calls for a customer of our own id with changes, one without; a customer who is found costs the
 * look-ups before, and one who is created two calls behind them. Nobody is looked for by a ref that the ledger made just now.
 *
 * Nobody is created before all that may name the person was asked: no tenant has shown yet that a creation under an id that
 * exists is refused, and does not write over it.
 */
export async function writeUpsert(request: { terms: CallTerms; item: SubjectWriteV1; order: LookUpOrder }): Promise<SettledCustomer> {
  const { terms, item } = request;
  const marker = toCustomerId(item.subject.ref);
  if (marker === null) throw failCall({ terms, code: "invalidInput", fieldNames: ["subject.ref"] });
  const known = { ...request, marker };
  const { settled, isOwnClosed, isLinkClosed } = await writeKnown(known);
  if (settled !== null) return settled;
  const found = await writeFound({ ...known, isLinkClosed });
  if (found !== null) return found;
  // Looked for once more, by all that names the person: whoever closed or merged the record has to say where they went.
  if (isOwnClosed || isLinkClosed) throw failCall({ terms, code: "rejectedByProvider", providerCode: "customerClosed" });
  return createCustomer(known);
}

async function writeFound(request: KnownItem & { isLinkClosed: boolean }): Promise<SettledCustomer | null> {
  const { terms, item, isLinkClosed } = request;
  for (const criterion of listCriteria({ settings: terms.session.settings, identifiers: item.subject.identifiers })) {
    const settled = await writeMatch({ terms, item, criterion, isLinkClosed });
    if (settled !== null && settled !== "closed") return settled;
  }
  return null;
}

async function createCustomer(known: KnownItem): Promise<SettledCustomer> {
  const { terms, item, marker } = known;
  const { session, signal } = terms;
  const work = async (): Promise<SettledCustomer> => {
    try {
      return await settleCustomer({ terms, item, stored: null, marks: true });
    } catch (error) {
      const isTaken = ConnectorError.isInstance(error) && error.code === "conflict" && session.settings.customerIdStrategy === "deterministic";
      const stored = isTaken ? await readOwn({ terms, customerId: marker }) : null;
      const settled = stored === null ? "closed" : await settleOwn({ ...known, stored });
      if (settled === "closed") throw error;
      return settled;
    }
  };
  return session.inSequence({ key: marker, work, signal });
}
