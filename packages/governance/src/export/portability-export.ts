import type { JsonValue, OverviewRecordV1 } from "@volenti/core/adapter";
import type { AccessLogging } from "../access/record-access.ts";
import type { ConsentDecisionView, ConsentView, DestinationView } from "../show/unified-view.ts";

/** Names the JSON Schema that ships as `portability-export.schema.json`. */
export const PORTABILITY_SCHEMA = "urn:volenti:portability-export:1";

/**
 * What a person gave, to take along (GDPR article 20): in a common, machine-readable format, over all destinations. Nothing
 * that the brand inferred is in it.
 */
export interface PortabilityExport {
  /** Names the published JSON Schema that the document fits. */
  readonly $schema: typeof PORTABILITY_SCHEMA;
  /** RFC 3339 UTC, as all instants here. */
  readonly exportedAt: string;
  /** Who exported it, as the configuration says. */
  readonly controller: { readonly id: string; readonly name: string; readonly country: string; readonly contact: string; readonly privacyPolicyUrl: string };
  /** False where a destination could not be read: what it holds is missing. */
  readonly complete: boolean;
  /** Every destination that was asked, in the order of the configuration, also where it holds nothing. */
  readonly sources: readonly { readonly id: string; readonly region: string; readonly status: DestinationView["status"] }[];
  /** Every different value that is held, sorted by attribute; `shown` marks the one that the brand goes by. */
  readonly profile: readonly ExportedValue[];
  /** What stands, ordered by purpose, then channel. */
  readonly consents: readonly ExportedConsent[];
  /** The evidence itself, by decision id: anyone can verify it with the controller's public keys. */
  readonly decisions: readonly ExportedDecision[];
}

/** A value as one destination holds it. */
export interface ExportedValue {
  /** Dotted name. */
  readonly attribute: string;
  readonly value: JsonValue;
  /** Whether the brand goes by it where destinations differ. */
  readonly shown: boolean;
  /** The latest of its sources. */
  readonly changedAt: string;
  /** Of `changedAt`. `record`: the system dates only its whole record, and the value may be older. */
  readonly dateOf: "attribute" | "record";
  /** Ids of the destinations that hold this very value. */
  readonly sources: readonly string[];
}

/** One consent of the export, as it stands. */
export interface ExportedConsent {
  /** Key of the purpose. */
  readonly purpose: string;
  /** In the locale that was asked for, else another that the purpose has. */
  readonly label: string;
  /** `*` for a purpose without channels. */
  readonly channel: string;
  /** Over all destinations that were read. */
  readonly answer: ConsentView["answer"];
  /** What the answer comes from; null where nothing stands. */
  readonly decision: ConsentDecisionView | null;
}

/** One decision of the export, as it was recorded. */
export interface ExportedDecision {
  /** UUID; the same in every destination. */
  readonly decisionId: string;
  /** The record as it was hashed: RFC 8785 form. */
  readonly canonical: string;
  /** SHA-256 of the canonical text, hexadecimal. */
  readonly hash: string;
  /** Leads from the hash to the root that `head` signs. */
  readonly proof: OverviewRecordV1["decisions"][number]["proof"];
  /** Compact JWS; null where no source has it any more. */
  readonly head: string | null;
  /** The first source's own stamp, outside the hash. */
  readonly recordedAt: string;
  /** Ids of the destinations that keep it. */
  readonly sources: readonly string[];
}

/**
 * - `exported`: `document` is all that is held, or with `partial` all that could be read
 * - `notFound`: nobody is known by that name; `conflict`: several people match; `unlinked`: a destination holds somebody who
 *   has to be linked first; `unreachable`: a destination could not be read: nothing is released
 * - `unverified`: the brand's `rights.verifyIdentity` does not know that the person asks: nothing is read
 */
export interface ExportReport {
  /** As above. */
  readonly outcome: "exported" | "notFound" | "conflict" | "unlinked" | "unreachable" | "unverified";
  /** Null unless `exported`. */
  readonly document: PortabilityExport | null;
  /** How each was read, in the order of the configuration; `code` is null where nothing failed. */
  readonly destinations: readonly { readonly id: string; readonly status: DestinationView["status"]; readonly code: string | null }[];
  readonly accessLog: AccessLogging;
}
