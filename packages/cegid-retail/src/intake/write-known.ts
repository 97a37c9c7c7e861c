import type { SubjectWriteV1 } from "@volenti/core/adapter";
import { isErased } from "../erasure/is-erased.ts";
import type { CallTerms } from "../identity/call-terms.ts";
import { ensureSameContact } from "../identity/compare-person.ts";
import { isOpen } from "../identity/is-open.ts";
import { toLinkCriterion } from "../identity/link-criterion.ts";
import type { LookUpOrder } from "../identity/look-up-order.ts";
import { ensureOwn } from "../identity/read-by-ref.ts";
import type { CustomerQueryData } from "../soap/data-contract.ts";
import { askAgain, askForCustomer, type Asked } from "../transport/read-customer.ts";
import { settleCustomer, type SettledCustomer } from "./settle-customer.ts";
import { writeMatch } from "./write-match.ts";
import { writeRemembered } from "./write-remembered.ts";

/** An item, and the customer whom its ref names. */
export interface KnownItem {
  readonly terms: CallTerms;
  readonly item: SubjectWriteV1;
  /** The id that the ref makes, and the link. */
  readonly marker: string;
  readonly order: LookUpOrder;
}

/** What came of asking by a ref. */
export interface WrittenKnown {
  /** Null: no open record bears the ref. */
  readonly settled: SettledCustomer | null;
  readonly isOwnClosed: boolean;
  /** Whether the link lies in a record that was closed. */
  readonly isLinkClosed: boolean;
}

type Place = SettledCustomer | "closed" | null;

/**
 * Writes an item to the record that the ledger remembers, else to the customer of our own id, else to the one who carries
 * the link, in whichever order those before were found. Where a fault leaves open whether our own id is there, one who
 * carries the link settles it; before anybody else is looked for the folder is asked once more.
 */
export async function writeKnown(known: KnownItem): Promise<WrittenKnown> {
  const { order } = known;
  if (known.item.subject.isNew === true) return { settled: null, isOwnClosed: false, isLinkClosed: false };
  const remembered = await writeRemembered(known);
  if (remembered !== null) return { settled: remembered, isOwnClosed: false, isLinkClosed: false };
  const isLinkFirst = order.isLinkFirst();
  const early = isLinkFirst ? await writeLinked(known) : null;
  if (isSettled(early)) return { settled: early, isOwnClosed: false, isLinkClosed: false };
  const { place: own, asked } = await writeOwn(known);
  if (isSettled(own)) return { settled: own, isOwnClosed: false, isLinkClosed: false };
  const linked = isLinkFirst ? early : await writeLinked(known);
  if (isSettled(linked)) return { settled: linked, isOwnClosed: own === "closed", isLinkClosed: false };
  const late = asked === null ? null : await writeLate({ ...known, asked });
  return { settled: isSettled(late) ? late : null, isOwnClosed: own === "closed" || late === "closed", isLinkClosed: linked === "closed" };
}

function isSettled(place: Place): place is SettledCustomer {
  return place !== null && place !== "closed";
}

async function writeLinked({ terms, item, order }: KnownItem): Promise<Place> {
  const criterion = toLinkCriterion({ settings: terms.session.settings, ref: item.subject.ref });
  if (criterion === null) return null;
  const place = await writeMatch({ terms, item, criterion, isLinkClosed: false });
  if (isSettled(place)) order.note("link");
  return place;
}

/** `asked`: what the folder answered, where it names nobody of our own id. */
async function writeOwn(known: KnownItem): Promise<{ place: Place; asked: Asked | null }> {
  const { terms, marker, order } = known;
  const { session, signal } = terms;
  if (session.settings.customerIdStrategy === "server") return { place: null, asked: null };
  const work = async (): Promise<{ place: Place; asked: Asked | null }> => {
    const asked = await askForCustomer({ ...terms, customerId: marker });
    // One into whom a merged customer went has to be found by what names the person, and not by an id that is gone.
    if (asked.stored?.CustomerId !== marker) return { place: null, asked };
    const place = await settleOwn({ ...known, stored: asked.stored });
    if (isSettled(place)) order.note("ownId");
    return { place, asked: null };
  };
  return session.inSequence({ key: marker, work, signal });
}

/** Whom another process made under our own id since the folder was asked, or whom it did not name for once. */
async function writeLate(request: KnownItem & { asked: Asked }): Promise<Place> {
  const { terms, marker, asked } = request;
  const work = async (): Promise<Place> => {
    const stored = await askAgain({ ...terms, customerId: marker, asked });
    return stored?.CustomerId === marker ? settleOwn({ ...request, stored }) : null;
  };
  return terms.session.inSequence({ key: marker, work, signal: terms.signal });
}

/** Whoever was erased and comes back under the same ref gets the record again: Y2 gives no id twice. */
export async function settleOwn(request: Omit<KnownItem, "order"> & { stored: CustomerQueryData }): Promise<SettledCustomer | "closed"> {
  const { terms, item, stored } = request;
  const { settings } = terms.session;
  ensureOwn({ terms, stored, ref: item.subject.ref });
  const reopens = !isOpen(stored);
  if (reopens && !isErased({ settings, stored })) return "closed";
  ensureSameContact({ terms, item, stored });
  return settleCustomer({ terms, item, stored, marks: true, reopens });
}
