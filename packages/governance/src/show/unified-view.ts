import type { ConsentAnswer, ConsentState, JsonValue } from "@volenti/core/adapter";

/** One person as all destinations hold them, at one time. */
export interface UnifiedView {
  /** RFC 3339 UTC. */
  readonly readAt: string;
  /** Whether any destination holds the person. */
  readonly found: boolean;
  /** False where a destination could not be read or several people match there: what is not shown may still exist. */
  readonly complete: boolean;
  /** In the order of the configuration. */
  readonly destinations: readonly DestinationView[];
  /** By attribute name, sorted: merged over the destinations that were read. */
  readonly profile: readonly AttributeView[];
  /** By purpose and channel, sorted: every one of the catalogue, and those that only a destination knows. Empty for a person not found. */
  readonly consents: readonly ConsentView[];
}

export type DestinationView =
  | {
      readonly id: string;
      readonly region: string;
      readonly status: "found";
      readonly subjectRef: string;
      /** Sorted by name; null where the destination holds no profile of the person. */
      readonly profile: readonly { readonly attribute: string; readonly value: JsonValue; readonly changedAt: string }[] | null;
    }
  | { readonly id: string; readonly region: string; readonly status: "notFound" }
  /** Several people match there: a human has to say which one it is. */
  | { readonly id: string; readonly region: string; readonly status: "conflict" }
  | { readonly id: string; readonly region: string; readonly status: "unreachable"; readonly code: string };

export interface AttributeView {
  readonly attribute: string;
  /** The value that changed last; see `conflict`. */
  readonly value: JsonValue;
  /** RFC 3339 UTC. */
  readonly changedAt: string;
  /** Whether destinations hold different values. Which of them is right is not decided here. */
  readonly conflict: boolean;
  /** Each different value once, the one that changed last first. */
  readonly values: readonly AttributeValueView[];
}

export interface AttributeValueView {
  readonly value: JsonValue;
  /** The latest of its destinations, RFC 3339 UTC. */
  readonly changedAt: string;
  readonly destinationIds: readonly string[];
}

export interface ConsentView {
  readonly purpose: string;
  /** `*` for a purpose without channels, and for what holds for channels added later. */
  readonly channel: string;
  /** Of the greatest decision over the destinations that were read. Shown, not granted: `release` answers whether something is permitted. */
  readonly answer: ConsentAnswer;
  /** The decision behind the answer; null where none is known. */
  readonly decision: ConsentDecisionView | null;
  /** Whether the destinations that hold the person answer differently, or by different decisions. */
  readonly disagreement: boolean;
  /** What each destination that holds the person says, in the order of the configuration. */
  readonly destinations: readonly DestinationConsentView[];
}

export interface ConsentDecisionView {
  readonly decisionId: string;
  readonly status: ConsentState["status"];
  readonly purposeVersion: string;
  /** RFC 3339 UTC: since when it counts. */
  readonly effectiveAt: string;
  /** RFC 3339 UTC; null where it has no end of its own. */
  readonly validUntil: string | null;
  readonly recipients: readonly string[] | null;
  readonly attributes: readonly string[] | null;
  /** What the person was shown; null where no destination that was read keeps the decision itself. */
  readonly notice: { readonly id: string; readonly version: string; readonly locale: string } | null;
  /** Null like the notice. */
  readonly collectionPoint: string | null;
}

export interface DestinationConsentView {
  readonly id: string;
  readonly answer: ConsentAnswer;
  readonly decisionId: string | null;
  readonly status: ConsentState["status"] | null;
}
