/** What Volenti adds to an org, as data: the force-app package, `provision` and `doctor` all read this and nothing else. */
export interface OrgModel {
  readonly objects: readonly OrgObject[];
  readonly flows: readonly StampFlow[];
  readonly permissionSet: OrgPermissionSet;
  /** How the decision log is shown to people. */
  readonly decisionPages: DecisionPages;
}

/** An object of the org with what is added to it. */
export interface OrgObject {
  readonly name: string;
  /** Only for an object of our own; null for the standard ones, of which nothing but fields and rules is touched. */
  readonly definition: CustomObjectDefinition | null;
  readonly fields: readonly OrgField[];
  readonly rules: readonly OrgRule[];
}

export interface CustomObjectDefinition {
  readonly label: string;
  readonly pluralLabel: string;
  readonly description: string;
  readonly numberLabel: string;
  readonly numberFormat: string;
}

export interface OrgField {
  readonly name: string;
  /** At most 40 characters. */
  readonly label: string;
  /** For the administrator who meets it in the org. At most 255 characters. */
  readonly help: string;
  readonly type: OrgFieldType;
}

export type OrgFieldType =
  | { readonly kind: "text"; readonly length: number; readonly isExternalId: boolean; readonly isUnique: boolean }
  /** 18 digits, none behind the point: epoch milliseconds and ranks. */
  | { readonly kind: "number" }
  | { readonly kind: "checkbox" }
  | { readonly kind: "dateTime" }
  | { readonly kind: "longText"; readonly length: number };

export interface OrgRule {
  readonly name: string;
  readonly description: string;
  readonly formula: string;
  /** Begins with a marker of `RULE_MARKERS`. At most 255 characters. */
  readonly message: string;
}

/** A flow that runs before a person's edit is saved, and gives it the instant of now. */
export interface StampFlow {
  readonly name: string;
  readonly label: string;
  readonly description: string;
  readonly object: string;
  readonly filters: readonly FlowCondition[];
  readonly formulas: readonly FlowFormula[];
  /** Variables without a value: what a field is blanked with. */
  readonly blanks: readonly { readonly name: string; readonly dataType: "String" | "Number" | "DateTime" }[];
  /** In order; each assigns where all its conditions hold. */
  readonly stamps: readonly FlowStamp[];
}

export interface FlowStamp {
  readonly name: string;
  readonly label: string;
  /** Empty: always. */
  readonly conditions: readonly FlowCondition[];
  /** Field of the record, and the flow's resource that it takes. */
  readonly assignments: readonly { readonly field: string; readonly resource: string }[];
}

export interface FlowCondition {
  readonly field: string;
  readonly operator: "IsChanged" | "IsNull";
  readonly value: boolean;
}

export interface FlowFormula {
  readonly name: string;
  readonly dataType: "Number" | "String";
  readonly expression: string;
}

export interface OrgPermissionSet {
  readonly name: string;
  readonly label: string;
  readonly description: string;
  readonly objects: readonly ObjectPermission[];
  /** `Object.Field`: ours, and the standard ones that are written. */
  readonly fields: readonly string[];
  /** The brand's own, by which customers are looked up: they may be formulas, which nobody edits. */
  readonly readFields: readonly string[];
  readonly tabs: readonly string[];
}

export interface ObjectPermission {
  readonly object: string;
  readonly canEdit: boolean;
  readonly canDelete: boolean;
  readonly seesAll: boolean;
}

export interface DecisionPages {
  readonly layoutName: string;
  readonly sections: readonly { readonly label: string; readonly fields: readonly string[] }[];
  readonly lists: readonly DecisionList[];
  readonly tab: string;
}

export interface DecisionList {
  readonly name: string;
  readonly label: string;
  readonly columns: readonly string[];
  readonly filter: { readonly field: string; readonly values: string } | null;
}
