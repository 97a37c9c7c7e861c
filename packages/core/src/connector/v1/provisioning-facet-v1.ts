/** Brings the system to what the connector needs; a plan first, applied only when asked. */
export interface ProvisioningFacetV1 {
  /** What the system lacks, in the order of application; empty when nothing. Changes nothing. */
  plan(): Promise<readonly ProvisioningStepV1[]>;
  /** Applies the plan as it is at that moment, and answers the steps that were applied. Safe to run again, and to race. */
  apply(): Promise<readonly ProvisioningStepV1[]>;
}

/** One thing that the system lacks, in words for its administrator. */
export interface ProvisioningStepV1 {
  /** Names the step in every plan of the same system, so that two plans can be compared. */
  readonly id: string;
  /** One line; no value of a person. */
  readonly title: string;
  /** What would be run, for the system's own administrator to read or run by hand. */
  readonly statement?: string | undefined;
}
