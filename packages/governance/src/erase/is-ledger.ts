import type { ConnectorV1 } from "@volenti/core/adapter";

/** Whether a destination knows under which refs the others hold their copies: it is erased after them. */
export function isLedger(place: { readonly connector: ConnectorV1 }): boolean {
  return place.connector.ledger !== undefined;
}
