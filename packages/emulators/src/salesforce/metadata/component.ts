import type { XmlElement } from "./xml-element.ts";

/** One component of a deployment: a file, or a part of an object's file. */
export interface MetadataComponent {
  /** `CustomField`, `Flow`, … */
  readonly type: string;
  /** `Individual.Key__c` for parts of objects. */
  readonly fullName: string;
  readonly path: string;
  readonly element: XmlElement;
}

/** What a component did to the org. */
export type ComponentChange = "created" | "changed" | "unchanged";

/** The object that a component's full name starts with. */
export function parentOf({ fullName }: MetadataComponent): string {
  return fullName.slice(0, fullName.indexOf("."));
}

/** The last part of a component's full name. */
export function ownNameOf({ fullName }: MetadataComponent): string {
  return fullName.slice(fullName.indexOf(".") + 1);
}

/** The name under which the org keeps a component: files of flows may number their version. */
export function standingNameOf({ type, fullName }: MetadataComponent): string {
  return type === "Flow" ? fullName.replace(/-\d+$/, "") : fullName;
}
