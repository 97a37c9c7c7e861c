import { readFlowMetadata } from "../flow/flow-metadata.ts";
import { readCustomField } from "../metadata/components/custom-field-metadata.ts";
import { readValidationRule } from "../metadata/components/validation-rule.ts";
import type { ElementReader } from "../metadata/read-metadata.ts";
import { componentKey } from "../schema/deployed-component.ts";
import type { OrgSchema } from "../schema/org-schema.ts";

const READERS: Readonly<Record<string, ElementReader<Readonly<Record<string, unknown>>>>> = {
  CustomField: readCustomField,
  ValidationRule: readValidationRule,
  Flow: readFlowMetadata,
};

/** The JSON of a component's `Metadata`; null for what no deployment put in. What a file leaves out is null. */
export function metadataOf(request: { schema: OrgSchema; type: string; fullName: string }): string | null {
  const { schema, type } = request;
  const element = schema.components.get(componentKey(request))?.element;
  const read = READERS[type];
  if (element === undefined || read === undefined) return null;
  const { fullName: _fullName, ...members } = read({ element, owner: type });
  return JSON.stringify(members, (_key, value: unknown) => value ?? null);
}
