import type { Volenti } from "@volenti/core";
import type { ConnectorV1, ListedPersonV1 } from "@volenti/core/adapter";
import { listLinkedPeople } from "../support/list-linked-people.ts";
import type { RetentionDestination } from "./retention-report.ts";

/** A destination that can say itself whom it holds. */
export interface RetentionSource {
  readonly id: string;
  readonly connector: ConnectorV1;
  readonly list: (signal: AbortSignal | undefined) => AsyncIterable<ListedPersonV1>;
}

/** Who can say whom each destination holds. */
export interface RetentionSources {
  /** Ledgers first: whom several list is dealt with by the first. */
  readonly sources: readonly RetentionSource[];
  /** Destinations whose people are found by the refs that a ledger lists. */
  readonly driven: readonly { readonly id: string; readonly status: "byLedger" | "partlyByLedger" }[];
  readonly unsupported: readonly string[];
}

export function findSources(volenti: Volenti): RetentionSources {
  const places = [...volenti.destinations].map(([id, connector]) => ({ id, connector, status: listingOf({ volenti, id, connector }) }));
  const listing = places.filter(({ status }) => status === "listed");
  const sources = listing.map(({ id, connector }): RetentionSource => ({
    id,
    connector,
    list: (signal) => connector.population?.listPeople({ signal }) ?? listLinkedPeople({ volenti, destinationId: id, signal }),
  }));
  return {
    sources: sources.toSorted((left, right) => rankOf(left) - rankOf(right)),
    driven: places.flatMap(({ id, status }) => (status === "byLedger" || status === "partlyByLedger" ? [{ id, status }] : [])),
    unsupported: places.flatMap(({ id, status }) => (status === "unsupported" ? [id] : [])),
  };
}

/** A ledger knows best; a system that lists customers knows the least of them. */
function rankOf({ connector }: RetentionSource): number {
  if (connector.population === undefined) return 2;
  return connector.ledger === undefined ? 1 : 0;
}

function listingOf(request: { volenti: Volenti; id: string; connector: ConnectorV1 }): RetentionDestination["status"] {
  const { volenti, id, connector } = request;
  if (connector.population !== undefined) return "listed";
  const namedBy = volenti.naming.namedBy({ destinationId: id, country: null });
  if (namedBy.kind === "ledger" && volenti.destinations.get(namedBy.ledgerId)?.population !== undefined) return "byLedger";
  if (connector.linking !== undefined) return "listed";
  const someLedgerLists = [...volenti.destinations.values()].some(({ ledger, population }) => ledger !== undefined && population !== undefined);
  return namedBy.kind === "dependsOnCountry" && someLedgerLists ? "partlyByLedger" : "unsupported";
}
