import type { AgeBand } from "@volenti/core/adapter";
import type { AttributeDescription } from "@volenti/core";
import type { BreachDuty } from "@volenti/jurisdictions";

/** Of which destination, and which time. Instants are epoch milliseconds. */
export interface BreachRequest {
  /** The destination's key in the configuration. */
  readonly destinationId: string;
  /** When the breach began, as far as anybody knows. */
  readonly since: number;
  /** When it was ended. Default: now. */
  readonly until?: number | undefined;
  /** When the controller learnt of it: deadlines count from there. Default: now. */
  readonly discoveredAt?: number | undefined;
  /** Given every person who was held in the window, as they are found. Awaited. */
  readonly onPerson?: ((person: AffectedPerson) => void | Promise<void>) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Somebody whom the destination held in the window. A ref and names, never a value. */
export interface AffectedPerson {
  /** The pseudonym under which the destination holds the person. */
  readonly subjectRef: string;
  /** `erasedSince`: the ledger erased them after the breach began; what was held of them is not known any more. */
  readonly status: "held" | "erasedSince";
  /** ISO 3166-1 alpha-2; null where nobody knows. */
  readonly country: string | null;
  readonly ageBand: AgeBand;
  /** Epoch milliseconds; null where the destination does not tell. */
  readonly heldSince: number | null;
  /** Names, sorted. */
  readonly attributes: readonly string[];
}

/** What the first hours after a breach ask for. */
export interface BreachPack {
  /** The destination's key in the configuration. */
  readonly destinationId: string;
  /** As the destination declares it: a country code or `EU`. */
  readonly region: string;
  /** Epoch milliseconds: when the breach began. */
  readonly since: number;
  /** Epoch milliseconds: when it was ended. */
  readonly until: number;
  /** Epoch milliseconds: from when deadlines count. */
  readonly discoveredAt: number;
  /** `itself`, or the ids of the ledgers that say whom it holds. */
  readonly listedBy: "itself" | readonly string[];
  /** People held in the window, those erased since included, test people not. */
  readonly people: number;
  /** Of them; null where no ledger keeps its erasures. */
  readonly erasedSince: number | null;
  /** By attribute, the most frequent first. */
  readonly attributes: readonly (AttributeDescription & { readonly attribute: string; readonly people: number })[];
  /** How many people of each; together `people`. */
  readonly ageBands: Readonly<Record<AgeBand, number>>;
  /** One a country in which people live, and the controller's own. */
  readonly jurisdictions: readonly BreachJurisdiction[];
  /** What this pack cannot know, as codes that the guide explains. */
  readonly limits: readonly BreachLimit[];
}

/** Whom a breach concerns in one place, and what the law asks there. */
export interface BreachJurisdiction {
  /** ISO 3166-1 alpha-2; null: of these people nobody knows the country. */
  readonly country: string | null;
  /** Held in the window, as far as their country is this. */
  readonly people: number;
  /** Whether the controller is established there, whose own law applies however many people live there. */
  readonly isController: boolean;
  /** Empty where no row is known: that says nothing about the law. The earliest first, those without a number last. */
  readonly duties: readonly DatedDuty[];
}

/** A duty in one of its places, with the instant by which it is due. */
export type DatedDuty = Omit<BreachDuty, "places"> & {
  /** One of the duty's own: a country, a state, or a region such as `EU`. */
  readonly place: string;
  /** Epoch milliseconds; null where the law names no number, or counts from something else. */
  readonly dueAt: number | null;
};

/**
 * - `changesNotKnown`: only names of what is held now are known, and not what stood in an attribute, or whether it was there
 *   and cleared, during the window
 * - `readsNotKnown`: whether anybody looked is for the destination's own logs to say
 * - `erasedNotKnown`: no ledger keeps its erasures, so that people who were erased since are missing
 * - `erasedPlacesNotKnown`: of people who were erased since it is not known which destinations held them: they are counted
 * - `attributesByLedger`: the attributes are those that the ledger holds; the destination may hold fewer
 * - `partlyListed`: some people of the destination are known to no ledger that lists, and are missing
 * - `subdivisionNotKnown`: states and provinces are not known: duties of all of them are listed
 * - `countryNotKnown`: the country of some people is not known
 */
export type BreachLimit =
  | "changesNotKnown"
  | "readsNotKnown"
  | "erasedNotKnown"
  | "erasedPlacesNotKnown"
  | "attributesByLedger"
  | "partlyListed"
  | "subdivisionNotKnown"
  | "countryNotKnown";
