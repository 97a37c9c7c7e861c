/** The part of Standard Schema v1 (standardschema.dev) that a declared attribute needs: any library's schema fits. */
export interface StandardSchema {
  /** What the specification asks of every schema; an answer that is a promise is refused, as core validates synchronously. */
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (
      value: unknown,
    ) => StandardSchemaResult | Promise<StandardSchemaResult>;
  };
}

type StandardSchemaResult =
  | { readonly value: unknown; readonly issues?: undefined }
  | { readonly issues: readonly unknown[] };
