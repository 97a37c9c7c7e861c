export interface ProvisioningFacetV1 {
  /** What the system lacks, in the order of application; empty when nothing. Changes nothing. */
  plan(): Promise<readonly ProvisioningStepV1[]>;
  /** Applies the plan as it is at that moment, and answers the steps that were applied. Safe to run again, and to race. */
  apply(): Promise<readonly ProvisioningStepV1[]>;
}

export interface ProvisioningStepV1 {
  readonly id: string;
  readonly title: string;
  /** What would be run, for the system's own administrator to read or run by hand. */
  readonly statement?: string | undefined;
}
