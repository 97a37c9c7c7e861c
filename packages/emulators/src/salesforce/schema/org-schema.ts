import type { AutoNumber } from "./auto-number.ts";
import type { DeployedComponent } from "./deployed-component.ts";

/** What an org knows of its objects: the mutable ground on which describes, writes, queries and deployments stand. */
export interface OrgSchema {
  /** By API name. Look names up without regard to case (`findObject`), as Salesforce does. */
  readonly objects: Map<string, ObjectSchema>;
  /** What deployments put in, by `componentKey`, in the order of first arrival. */
  readonly components: Map<string, DeployedComponent>;
}

export interface ObjectSchema {
  readonly name: string;
  readonly label: string;
  readonly keyPrefix: string;
  readonly isCustom: boolean;
  /** By API name, in the order of describes. */
  readonly fields: Map<string, FieldSchema>;
  /** By full name within the object. */
  readonly validationRules: Map<string, ValidationRule>;
  /** Record-triggered flows that run before a save, by flow name. */
  readonly beforeSaveFlows: Map<string, BeforeSaveFlow>;
}

export type FieldType =
  | "id" | "string" | "textarea" | "email" | "phone" | "url" | "picklist" | "multipicklist" | "boolean" | "int" | "double"
  | "currency" | "percent" | "date" | "datetime" | "time" | "reference" | "address";

export interface FieldSchema {
  readonly name: string;
  label: string;
  readonly type: FieldType;
  readonly isCustom: boolean;
  /** Texts: UTF-16 units. */
  length: number;
  precision: number;
  scale: number;
  nillable: boolean;
  /** A value that a row gets where it names none; null where there is none. */
  defaultValue: string | number | boolean | null;
  createable: boolean;
  updateable: boolean;
  isExternalId: boolean;
  isUnique: boolean;
  isCaseSensitive: boolean;
  isIdLookup: boolean;
  picklist: string[];
  isRestrictedPicklist: boolean;
  readonly referenceTo: string[];
  /** `Party` for `PartyId`; null for what is no reference. */
  readonly relationshipName: string | null;
  /** What the deletion of the parent does: refuse, take the child along, or blank the field. */
  deleteRule: "restrict" | "cascade" | "setNull";
  /** The org numbers new rows here, and nobody writes it. */
  readonly autoNumber?: AutoNumber;
  /** False: field-level security hides it from the integration user, as if it did not exist. */
  isVisible: boolean;
}

export interface ValidationRule {
  readonly fullName: string;
  isActive: boolean;
  readonly errorConditionFormula: string;
  readonly errorMessage: string;
  readonly errorDisplayField: string | null;
  readonly description?: string | null;
}

/** A record-triggered flow, parsed from its metadata; `flow/` says what it may hold, and runs it. */
export interface BeforeSaveFlow {
  readonly name: string;
  isActive: boolean;
  /** The parsed `<Flow>` element, as `flow/parse-flow.ts` makes it. */
  readonly definition: unknown;
  /** Counted from 1; 1 unless given. A deployment that changes the flow makes the next. */
  readonly version?: number;
}
