import type { XmlElement } from "../metadata/xml-element.ts";

/** What a deployment put in, as its file had it. */
export interface DeployedComponent {
  /** `CustomField`, `Layout`, … */
  readonly type: string;
  /** `Individual.Key__c` for parts of objects; a flow's without its version. */
  readonly fullName: string;
  readonly element: XmlElement;
}

/** Under which `OrgSchema.components` holds a component. */
export function componentKey(request: { type: string; fullName: string }): string {
  return `${request.type} ${request.fullName.toLowerCase()}`;
}
