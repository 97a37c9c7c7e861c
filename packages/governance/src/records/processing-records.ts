import type { AttributeDescription, LegalBasis } from "@volenti/core";

/** Records of processing activities (GDPR article 30(1)) and the retention schedule, out of a configuration alone. */
export interface ProcessingRecords {
  /** Epoch milliseconds. */
  readonly madeAt: number;
  /** Article 30(1)(a). */
  readonly controller: { readonly name: string; readonly country: string; readonly contact: string; readonly privacyPolicyUrl: string };
  /** One a purpose, in the order of the configuration; the current version of each. */
  readonly purposes: readonly PurposeRecord[];
  /** Article 30(1)(d) and (e): where data lies. */
  readonly destinations: readonly DestinationRecord[];
  /** What the configuration does not say, and a record has to. */
  readonly gaps: readonly RecordGap[];
}

/** One purpose in the records of processing (GDPR article 30). */
export interface PurposeRecord {
  /** Dotted, such as `marketing.email`. */
  readonly key: string;
  /** The current one. */
  readonly version: string;
  /** Article 30(1)(b), by locale. */
  readonly label: Readonly<Record<string, string>>;
  readonly basis: LegalBasis;
  /** `optIn` permits with a standing grant only; the others until the person refuses. */
  readonly mechanism: "optIn" | "optOut" | "noticeOnly";
  /** Empty: the purpose has none. */
  readonly channels: readonly string[];
  /** Article 30(1)(c): the categories of personal data. */
  readonly attributes: readonly (AttributeDescription & { readonly attribute: string })[];
  /** Article 30(1)(d). */
  readonly recipients: readonly string[];
  /** Article 30(1)(f), ISO 8601; null: no end by time. */
  readonly retention: string | null;
  /** By country, or `EU`. */
  readonly retentionIn: Readonly<Record<string, string>>;
  /** How long a consent holds, ISO 8601; null: as long as its version does. */
  readonly validity: string | null;
  /** Notices that inform about it, as `id@version (locale)`. */
  readonly notices: readonly string[];
}

/** One destination in the records of processing. */
export interface DestinationRecord {
  /** The destination's key in the configuration. */
  readonly id: string;
  /** The kind of system. */
  readonly system: string;
  /** As the destination declares it: a country code or `EU`. */
  readonly region: string;
  /** Article 30(1)(e): the mechanism for data of people elsewhere; null: none is declared. */
  readonly transferMechanism: string | null;
  /** Article 30(1)(g), as far as the connector says: codes that the guide explains. */
  readonly safeguards: readonly DestinationSafeguard[];
}

/** Under which mechanism data goes to a destination. */
export type DestinationSafeguard =
  | "everyDecisionKept"
  | "staleWritesRefused"
  | "erasureSupported"
  | "holdsKept"
  | "accessesLogged"
  | "peopleListed";

/**
 * - `noRetention`: the purpose has no end by time
 * - `noRecipientCountry`: a recipient's country, and the safeguard of a transfer to it, are not in the configuration
 * - `noTransferMechanism`: a destination in another region than the controller's declares no mechanism
 * - `noSensitivity`: a brand's own attribute does not say how sensitive it is
 * - `noAttributes`: the purpose names no attribute that exists
 * - `noNotice`: no notice informs about the purpose
 * - `noDataProtectionOfficer`, `noSubjectCategories`, `noSecurityMeasures`: the configuration has no place for it: to be added by hand
 */
export interface RecordGap {
  /** As above. */
  readonly code:
    | "noRetention"
    | "noRecipientCountry"
    | "noTransferMechanism"
    | "noSensitivity"
    | "noAttributes"
    | "noNotice"
    | "noDataProtectionOfficer"
    | "noSubjectCategories"
    | "noSecurityMeasures";
  /** The purpose, destination, recipient or attribute; null where it is about the whole. */
  readonly subject: string | null;
}
