import type { Volenti } from "@volenti/core";
import type { ConnectorV1, ListedPersonV1 } from "@volenti/core/adapter";
import { listedBy, listPeople } from "../support/list-people.ts";

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
  const places = [...volenti.destinations].map(([id, connector]) => ({ id, connector, kind: listedBy({ volenti, destinationId: id }).kind }));
  const sources = places
    .filter(({ kind }) => kind === "itself")
    .map(({ id, connector }): RetentionSource => ({ id, connector, list: (signal) => listPeople({ volenti, destinationId: id, signal }) }));
  return {
    sources: sources.toSorted((left, right) => rankOf(left) - rankOf(right)),
    driven: places.flatMap(({ id, kind }) => (kind === "byLedger" || kind === "partlyByLedger" ? [{ id, status: kind }] : [])),
    unsupported: places.flatMap(({ id, kind }) => (kind === "unsupported" ? [id] : [])),
  };
}

/** A ledger knows best; a system that lists customers knows the least of them. */
function rankOf({ connector }: RetentionSource): number {
  if (connector.population === undefined) return 2;
  return connector.ledger === undefined ? 1 : 0;
}
