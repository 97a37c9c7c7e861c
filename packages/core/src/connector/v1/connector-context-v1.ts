import type { CryptoPort } from "../../evidence/crypto-port.ts";
import type { Keyring } from "../../evidence/keyring.ts";
import type { Catalogue } from "../../model/catalogue.ts";
import type { Clock } from "../../support/clock.ts";
import type { FollowUpsV1 } from "./follow-ups-facet-v1.ts";

/** What core hands to every connector before its first call: the brand's side of the matter. */
export interface ConnectorContextV1 {
  /** The destination's key in the configuration. */
  readonly destinationId: string;
  /** The controller's id: part of every keyed digest, so that two controllers' digests never meet. */
  readonly controllerId: string;
  readonly catalogue: Catalogue;
  readonly keyring: Keyring;
  readonly crypto: CryptoPort;
  readonly clock: Clock;
  /** In the ledger of the routes that lead here; absent where these have none, or several. */
  readonly followUps?: FollowUpsV1 | undefined;
}
