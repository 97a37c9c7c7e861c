import type { ConsentAnswer, ConsentState, JsonValue, Purpose } from "@volenti/core/adapter";
import type { AccessLogging } from "../access/record-access.ts";

/** One person as all destinations hold them, at one time. */
export interface UnifiedView {
  /** RFC 3339 UTC. */
  readonly readAt: string;
  /** Whether any destination holds the person. */
  readonly found: boolean;
  /** False where a destination could not be read, several people match there, or somebody who is not linked: what is not shown may still exist. */
  readonly complete: boolean;
  /** In the order of the configuration. */
  readonly destinations: readonly DestinationView[];
  /** By attribute name, sorted: merged over the destinations that were read. */
  readonly profile: readonly AttributeView[];
  /** By purpose and channel, sorted: every one of the catalogue, and those that only a destination knows. Empty for a person not found. */
  readonly consents: readonly ConsentView[];
  /** Who may see what, and on which ground: a row a purpose and channel that permits something. Only as complete as `complete` says. */
  readonly access: readonly AccessView[];
  /** What destinations hold though no purpose permits it now. */
  readonly heldWithoutPurpose: readonly HeldWithoutPurposeView[];
  /** By ledger, ended ones included. */
  readonly holds: readonly HoldView[];
  /** By ledger: since when the data rests (GDPR article 18). Empty where it does not. */
  readonly restrictions: readonly { readonly destinationId: string; readonly since: string; readonly reason: string }[];
  /** Refs of records that were merged into the person, sorted: their histories are shown with the person's own. */
  readonly mergedRefs: readonly string[];
  /** Whether this very look is on record. */
  readonly accessLog: AccessLogging;
}

/** One person as one destination holds them, or why that is not known. */
export type DestinationView =
  | {
      readonly id: string;
      readonly region: string;
      readonly status: "found";
      readonly subjectRef: string;
      /** Sorted by name; null where the destination holds no profile of the person. */
      readonly profile: readonly HeldAttributeView[] | null;
      /** What the destination holds under refs that were merged into the person. */
      readonly merged: readonly { readonly subjectRef: string; readonly profile: readonly HeldAttributeView[] | null }[];
    }
  | { readonly id: string; readonly region: string; readonly status: "notFound" }
  /** Several people match there: a human has to say which one it is. */
  | {
      readonly id: string;
      readonly region: string;
      readonly status: "conflict";
      /** The system's own ids of the records that match; null where it does not tell them. */
      readonly recordIds: readonly string[] | null;
    }
  /** Somebody is held who bears no ref of ours: to be linked before anything of them can be shown. */
  | {
      readonly id: string;
      readonly region: string;
      readonly status: "unlinked";
      /** The system's own id of the record that matches; null where it does not tell it. */
      readonly recordIds: readonly string[] | null;
    }
  | { readonly id: string; readonly region: string; readonly status: "unreachable"; readonly code: string };

/** An attribute that a destination holds. */
export interface HeldAttributeView {
  /** Dotted name. */
  readonly attribute: string;
  readonly value: JsonValue;
  /** RFC 3339 UTC. */
  readonly changedAt: string;
  /** `record`: the system dates only its whole record, and the attribute may be older. */
  readonly dateOf: "attribute" | "record";
}

/** An attribute merged over the destinations, each value with where it lies. */
export interface AttributeView {
  /** Dotted name. */
  readonly attribute: string;
  /** By the configured precedence, else the value that changed last; see `chosenBy` and `conflict`. */
  readonly value: JsonValue;
  /** RFC 3339 UTC. */
  readonly changedAt: string;
  /** How `value` was chosen among those held. */
  readonly chosenBy: "precedence" | "latestChange";
  /** Whether destinations hold different values. Which of them is right is not decided here. */
  readonly conflict: boolean;
  /** Each different value once, the one that changed last first. */
  readonly values: readonly AttributeValueView[];
}

/** One value of an attribute, and who holds it. */
export interface AttributeValueView {
  readonly value: JsonValue;
  /** The latest of its destinations, RFC 3339 UTC. */
  readonly changedAt: string;
  /** Of `changedAt`. `record`: the system dates only its whole record, and the attribute may be older. */
  readonly dateOf: "attribute" | "record";
  /** Those that hold this very value, in the order of the configuration. */
  readonly destinationIds: readonly string[];
}

/** Names of what a destination holds of a person, sorted. */
export interface HeldAttributes {
  /** The destination's key in the configuration. */
  readonly id: string;
  /** As the destination declares it: a country code or `EU`. */
  readonly region: string;
  /** Dotted names. */
  readonly attributes: readonly string[];
}

/** One ground on which a person's data may be used. */
export interface AccessView {
  /** Key of the purpose. */
  readonly purpose: string;
  /** Of the decision, else the current one. */
  readonly purposeVersion: string;
  /** In the asked locale, else another that the purpose has. */
  readonly label: string;
  /** `*` for a purpose without channels. */
  readonly channel: string;
  /** On what the use rests (GDPR article 6(1)). */
  readonly basis: Purpose["basis"];
  /** `optIn` stands on a grant; the others hold until the person refuses. */
  readonly mechanism: Purpose["mechanism"];
  /** What it may use of what is held, sorted. */
  readonly attributes: readonly string[];
  /** Where that is held. */
  readonly destinations: readonly HeldAttributes[];
  /** To whom it may be given. */
  readonly recipients: readonly string[];
  /** RFC 3339 UTC: since when the decision counts; null where none is recorded. */
  readonly since: string | null;
  /** Null where none is recorded. */
  readonly decisionId: string | null;
  /** `acknowledged` is evidence that the person was told, for a purpose that needs no consent. */
  readonly status: ConsentState["status"] | "acknowledged" | null;
  /** What the person was shown; null where nobody kept it. */
  readonly notice: ConsentDecisionView["notice"];
  /** Processing is restricted: nothing of it may be used for now. */
  readonly suspended: boolean;
  /** The same in words, with the label of the asked locale. */
  readonly sentence: string;
}

/** An attribute that a destination holds and no purpose permits now. */
export interface HeldWithoutPurposeView extends HeldAttributes {
  /** The same in words. */
  readonly sentence: string;
}

/** A hold that keeps the person from being erased. */
export interface HoldView {
  /** The destination's key in the configuration. */
  readonly destinationId: string;
  /** UUID. */
  readonly holdId: string;
  /** Neither lifted nor ended. */
  readonly active: boolean;
  /** Dotted patterns of attributes; `*` is everything. */
  readonly scope: readonly string[];
  /** The provision, in the brand's words. */
  readonly law: string;
  /** Why, in the brand's words. */
  readonly reason: string;
  /** RFC 3339 UTC, as the others. */
  readonly setAt: string;
  /** Null where no end is known. */
  readonly until: string | null;
  /** Null while nobody has lifted it. */
  readonly liftedAt: string | null;
}

/** What stands for one purpose and channel, over all destinations. */
export interface ConsentView {
  /** Key of the purpose. */
  readonly purpose: string;
  /** `*` for a purpose without channels, and for what holds for channels added later. */
  readonly channel: string;
  /** Of the greatest decision over the destinations that were read. Shown, not granted: `release` answers whether something is permitted. */
  readonly answer: ConsentAnswer;
  /** The decision behind the answer; null where none is known. */
  readonly decision: ConsentDecisionView | null;
  /** Whether the destinations that hold the person answer differently, or by different decisions that are known to be of this purpose and channel. */
  readonly disagreement: boolean;
  /** What each destination that holds the person says, in the order of the configuration. */
  readonly destinations: readonly DestinationConsentView[];
}

/** The decision behind an answer. */
export interface ConsentDecisionView {
  /** Empty where the system's own staff decided, and where the only system that says so cannot tell by which decision. */
  readonly decisionId: string;
  /** As recorded. */
  readonly status: ConsentState["status"];
  /** The version that the person decided on, current or not. */
  readonly purposeVersion: string;
  /** RFC 3339 UTC: since when it counts. */
  readonly effectiveAt: string;
  /** RFC 3339 UTC; null where it has no end of its own. */
  readonly validUntil: string | null;
  /** Whom a grant is narrowed to; null: all that its version names. */
  readonly recipients: readonly string[] | null;
  /** Patterns that a grant is narrowed to; null: all that its version names. */
  readonly attributes: readonly string[] | null;
  /** What the person was shown; null where no destination that was read keeps the decision itself. */
  readonly notice: { readonly id: string; readonly version: string; readonly locale: string } | null;
  /** Null like the notice. */
  readonly collectionPoint: string | null;
}

/** What one destination says of a consent. */
export interface DestinationConsentView {
  /** The destination's key in the configuration. */
  readonly id: string;
  readonly answer: ConsentAnswer;
  /** Null where nothing stands, and where the system cannot tell by which decision; empty where its own staff decided. */
  readonly decisionId: string | null;
  /** Null where nothing stands there. */
  readonly status: ConsentState["status"] | null;
}
