import { ConnectorError, type SubjectWriteV1 } from "@volenti/core/adapter";
import { isErased } from "../erasure/is-erased.ts";
import { failCall, type CallTerms } from "../identity/call-terms.ts";
import { ensureSameContact } from "../identity/compare-person.ts";
import { isOpen } from "../identity/is-open.ts";
import { toLinkCriterion } from "../identity/link-criterion.ts";
import { ensureOwn } from "../identity/read-by-ref.ts";
import { readOwn } from "../identity/read-own.ts";
import { listCriteria } from "../identity/search-criterion.ts";
import { toCustomerId } from "../mapping/customer-id.ts";
import type { CustomerQueryData } from "../soap/data-contract.ts";
import { settleCustomer, type SettledCustomer } from "./settle-customer.ts";
import { writeMatch } from "./write-match.ts";

interface Upserting {
  readonly terms: CallTerms;
  readonly item: SubjectWriteV1;
  /** The id that the ref makes, and the link. */
  readonly marker: string;
}

/**
 * Writes an item to the customer of its ref: of our own id, else who carries the link, else whom a match key finds, else one
 * who is created. Three calls for a customer of our own id with changes, one without; a customer who is found costs the
 * look-ups before, and one who is created two calls behind them. Nobody is looked for by a ref that the ledger made just now.
 *
 * Nobody is created before all that may name the person was asked: no tenant has shown yet that a creation under an id that
 * exists is refused, and does not write over it.
 */
export async function writeUpsert(request: { terms: CallTerms; item: SubjectWriteV1 }): Promise<SettledCustomer> {
  const { terms, item } = request;
  const marker = toCustomerId(item.subject.ref);
  if (marker === null) throw failCall({ terms, code: "invalidInput", fieldNames: ["subject.ref"] });
  const upserting: Upserting = { ...request, marker };
  const isNamedByUs = terms.session.settings.customerIdStrategy === "deterministic";
  const own = isNamedByUs && item.subject.isNew !== true ? await writeOwn(upserting) : null;
  if (own !== null && own !== "closed") return own;
  const found = await writeFound(upserting);
  if (found !== null && found !== "closed") return found;
  // Looked for once more, by all that names the person: whoever closed or merged the record has to say where they went.
  if (own === "closed" || found === "closed") throw failCall({ terms, code: "rejectedByProvider", providerCode: "customerClosed" });
  return createCustomer(upserting);
}

async function writeOwn(upserting: Upserting): Promise<SettledCustomer | "closed" | null> {
  const { terms, marker } = upserting;
  const { session, signal } = terms;
  const work = async (): Promise<SettledCustomer | "closed" | null> => {
    const stored = await readOwn({ terms, customerId: marker });
    return stored === null ? null : settleOwn({ ...upserting, stored });
  };
  return session.inSequence({ key: marker, work, signal });
}

/** Whoever was erased and comes back under the same ref gets the record again: Y2 gives no id twice. */
async function settleOwn(request: Upserting & { stored: CustomerQueryData }): Promise<SettledCustomer | "closed"> {
  const { terms, item, stored } = request;
  const { settings } = terms.session;
  ensureOwn({ terms, stored, ref: item.subject.ref });
  const reopens = !isOpen(stored);
  if (reopens && !isErased({ settings, stored })) return "closed";
  ensureSameContact({ terms, item, stored });
  return settleCustomer({ terms, item, stored, marks: true, reopens });
}

async function writeFound(upserting: Upserting): Promise<SettledCustomer | "closed" | null> {
  const { terms, item } = upserting;
  const { settings } = terms.session;
  const { ref, identifiers, isNew = false } = item.subject;
  const link = isNew ? null : toLinkCriterion({ settings, ref });
  let isClosed = false;
  for (const criterion of [...(link === null ? [] : [link]), ...listCriteria({ settings, identifiers })]) {
    const settled = await writeMatch({ terms, item, criterion, isLinkClosed: isClosed });
    if (settled === "closed") isClosed = true;
    else if (settled !== null) return settled;
  }
  return isClosed ? "closed" : null;
}

async function createCustomer(upserting: Upserting): Promise<SettledCustomer> {
  const { terms, item, marker } = upserting;
  const { session, signal } = terms;
  const work = async (): Promise<SettledCustomer> => {
    try {
      return await settleCustomer({ terms, item, stored: null, marks: true });
    } catch (error) {
      const isTaken = ConnectorError.isInstance(error) && error.code === "conflict" && session.settings.customerIdStrategy === "deterministic";
      const stored = isTaken ? await readOwn({ terms, customerId: marker }) : null;
      const settled = stored === null ? "closed" : await settleOwn({ ...upserting, stored });
      if (settled === "closed") throw error;
      return settled;
    }
  };
  return session.inSequence({ key: marker, work, signal });
}
