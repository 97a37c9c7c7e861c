/** A text by locale (`fr`, `fr-CH`); no other language ever stands in for one that is missing. */
export type LocalisedText = Readonly<Record<string, string>>;

/**
 * What an information notice says that nothing else of the configuration does (GDPR article 13). No part of any digest: the notices
 * that people were shown stay what they were.
 */
export interface InformationConfiguration {
  /** Who receives data, in words, by the names that purposes use; others, such as processors, may be added. `{}`: nobody does. */
  recipients?: Readonly<Record<string, LocalisedText>> | undefined;
  /** The interest of a purpose that rests on legitimate interests, by the purpose's key. */
  legitimateInterests?: Readonly<Record<string, LocalisedText>> | undefined;
  /** The brand's own attributes in words, by name. */
  attributes?: Readonly<Record<string, LocalisedText>> | undefined;
  /** Mechanisms of transfers in words, by what destinations and recipients declare. */
  transferMechanisms?: Readonly<Record<string, LocalisedText>> | undefined;
  /** Decisions without a human that affect people, profiling included: their logic and consequences; `none`: there are none. */
  automatedDecisions?: LocalisedText | "none" | undefined;
}
