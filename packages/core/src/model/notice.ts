/** One version of a notice in one locale. Immutable: its digest covers exactly these fields. */
export interface Notice {
  /** The same through all versions and locales. */
  readonly id: string;
  /** Compared as text; no order is read into it. */
  readonly version: string;
  /** BCP 47; matched exactly, there is no fallback. */
  readonly locale: string;
  /** The short text beside the box. */
  readonly firstLayer: string;
  /** The whole text, as people could read it. */
  readonly text: string;
  /** Of the privacy policy that it points to, absolute. */
  readonly policyUrl: string;
  /** Purposes that it informs about: `key@version`, or `key` for the first version of the key that the configuration lists. */
  readonly purposes: readonly string[];
  /** Whether it is apart from any other matter. */
  readonly standalone: boolean;
}
