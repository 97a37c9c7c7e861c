/** What `checkConnection` found. Reaching the system is the least; findings say what else will go wrong. */
export interface ConnectionReportV1 {
  /** Empty where there is nothing to say; in no order that means anything. */
  readonly findings: readonly ConnectionFindingV1[];
}

/**
 * `error`: writing cannot work. `warning`: works, with something lost or unproven. `info`: good to know.
 * Codes that core and the command know: `notProvisioned`, `schemaOutdated` (provisioned by an earlier version),
 * `keyMissing`, `catalogueChanged`, `durabilityNone`, `clockSkew`; a connector adds its own.
 */
export interface ConnectionFindingV1 {
  /** As above: what cannot work, what loses something, what is good to know. */
  readonly severity: "error" | "warning" | "info";
  /** One of those above, or the connector's own in the same form. */
  readonly code: string;
  /** One sentence for an operator; no values of people. */
  readonly message: string;
}
