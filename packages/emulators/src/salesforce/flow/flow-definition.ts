import type { FieldType } from "../schema/org-schema.ts";

/** A record-triggered flow that runs before the save, as far as the emulator runs them. */
export interface FlowDefinition {
  readonly label: string;
  readonly object: string;
  readonly recordTriggerType: "Create" | "Update" | "CreateAndUpdate";
  readonly entry: FlowEntry;
  /** The first element; null for a flow that does nothing. */
  readonly first: string | null;
  readonly elements: ReadonlyMap<string, FlowElement>;
  readonly resources: ReadonlyMap<string, FlowResource>;
}

/** When the flow runs; a formula or conditions, none of both: always. */
export interface FlowEntry {
  readonly formula: string | null;
  readonly logic: string;
  readonly conditions: readonly FlowCondition[];
  /** Runs on an update only where the record did not meet the conditions before it. */
  readonly requiresChange: boolean;
}

export interface FlowCondition {
  /** `$Record.Field`, or the name of a resource. */
  readonly left: string;
  readonly operator: string;
  readonly right: FlowValue;
}

export type FlowValue =
  | { readonly kind: "literal"; readonly value: string | number | boolean | null; readonly type: FieldType | null }
  | { readonly kind: "reference"; readonly path: string };

export type FlowElement =
  | { readonly kind: "assignment"; readonly items: readonly FlowAssignment[]; readonly next: string | null }
  /** Sets fields of the record itself. */
  | { readonly kind: "recordUpdate"; readonly items: readonly FlowAssignment[]; readonly next: string | null }
  | { readonly kind: "decision"; readonly rules: readonly FlowRule[]; readonly next: string | null };

export interface FlowAssignment {
  readonly target: string;
  readonly operator: "Assign" | "Add" | "Subtract";
  readonly value: FlowValue;
}

export interface FlowRule {
  readonly name: string;
  readonly logic: string;
  readonly conditions: readonly FlowCondition[];
  readonly requiresChange: boolean;
  readonly next: string | null;
}

export type FlowResource =
  | { readonly kind: "formula"; readonly type: FieldType; readonly expression: string; readonly scale: number | null }
  | { readonly kind: "constant" | "variable"; readonly type: FieldType; readonly value: string | number | boolean | null };
