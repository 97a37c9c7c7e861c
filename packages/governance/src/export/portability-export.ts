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
  readonly $schema: typeof PORTABILITY_SCHEMA;
  /** RFC 3339 UTC, as all instants here. */
  readonly exportedAt: string;
  readonly controller: { readonly id: string; readonly name: string; readonly country: string; readonly contact: string; readonly privacyPolicyUrl: string };
  /** False where a destination could not be read: what it holds is missing. */
  readonly complete: boolean;
  readonly sources: readonly { readonly id: string; readonly region: string; readonly status: DestinationView["status"] }[];
  /** Every different value that is held, sorted by attribute; `shown` marks the one that the brand goes by. */
  readonly profile: readonly ExportedValue[];
  readonly consents: readonly ExportedConsent[];
  /** The evidence itself, by decision id: anyone can verify it with the controller's public keys. */
  readonly decisions: readonly ExportedDecision[];
}

/** A value as one destination holds it. */
export interface ExportedValue {
  readonly attribute: string;
  readonly value: JsonValue;
  readonly shown: boolean;
  readonly changedAt: string;
  readonly dateOf: "attribute" | "record";
  readonly sources: readonly string[];
}

/** One consent of the export, as it stands. */
export interface ExportedConsent {
  readonly purpose: string;
  readonly label: string;
  readonly channel: string;
  readonly answer: ConsentView["answer"];
  readonly decision: ConsentDecisionView | null;
}

/** One decision of the export, as it was recorded. */
export interface ExportedDecision {
  readonly decisionId: string;
  /** The record as it was hashed: RFC 8785 form. */
  readonly canonical: string;
  readonly hash: string;
  readonly proof: OverviewRecordV1["decisions"][number]["proof"];
  /** Compact JWS; null where no source has it any more. */
  readonly head: string | null;
  readonly recordedAt: string;
  readonly sources: readonly string[];
}

/**
 * - `exported`: `document` is all that is held, or with `partial` all that could be read
 * - `notFound`: nobody is known by that name; `conflict`: several people match; `unreachable`: a destination could not be
 *   read: nothing is released
 * - `unverified`: the brand's `rights.verifyIdentity` does not know that the person asks: nothing is read
 */
export interface ExportReport {
  readonly outcome: "exported" | "notFound" | "conflict" | "unreachable" | "unverified";
  readonly document: PortabilityExport | null;
  readonly destinations: readonly { readonly id: string; readonly status: DestinationView["status"]; readonly code: string | null }[];
  readonly accessLog: AccessLogging;
}
