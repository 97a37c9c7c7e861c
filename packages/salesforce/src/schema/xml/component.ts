import type { XmlElement } from "./xml-element.ts";

export type ComponentType =
  | "CustomObject"
  | "CustomField"
  | "ValidationRule"
  | "ListView"
  | "Flow"
  | "PermissionSet"
  | "Layout"
  | "CustomTab";

/** One thing that is deployed: as the Metadata API counts and reports them. */
export interface MetadataComponent {
  readonly type: ComponentType;
  /** As `package.xml` names it: `Contact.VolentiRef__c`. */
  readonly fullName: string;
  /** For an administrator. */
  readonly title: string;
  /** What its root element holds, without its own name. */
  readonly content: readonly XmlElement[];
}
