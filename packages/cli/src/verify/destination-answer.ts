import type { ConnectorErrorCode } from "@volenti/core/adapter";
import type { DestinationReport } from "@volenti/governance";

/** What `volenti verify` says of one destination. */
export type DestinationAnswer =
  | ({ readonly status: "verified" } & DestinationReport)
  /** It could not be read to the end: nothing is proved, and nothing is found. */
  | { readonly status: "unreachable"; readonly destinationId: string; readonly code: ConnectorErrorCode; readonly providerCode?: string };
