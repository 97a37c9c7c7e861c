import type { FieldType } from "../schema/org-schema.ts";

/** The record that a formula looks at. */
export interface FormulaRow {
  /** True in the save that creates the record. */
  readonly isNew: boolean;
  /** The stored JSON value of a field, also through a relationship (`Party.Name`). Null for a blank. */
  read(path: string): unknown;
  /** The value before this save. */
  readPrior(path: string): unknown;
  /** Undefined for what does not exist. */
  fieldType(path: string): FieldType | undefined;
}
