/** One version of a notice in one locale. Immutable: its digest covers exactly these fields. */
export interface Notice {
  readonly id: string;
  readonly version: string;
  /** BCP 47; matched exactly, there is no fallback. */
  readonly locale: string;
  readonly firstLayer: string;
  readonly text: string;
  readonly policyUrl: string;
  /** Purposes that it informs about: `key@version`, or `key` for the first version of the key that the configuration lists. */
  readonly purposes: readonly string[];
  /** Whether it is apart from any other matter. */
  readonly standalone: boolean;
}
