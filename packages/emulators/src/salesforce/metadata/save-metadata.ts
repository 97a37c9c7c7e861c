import { deployComponents } from "./deploy-components.ts";
import { MetadataProblem } from "./metadata-problem.ts";
import type { MetadataRequest } from "./metadata-request.ts";
import { childText, type XmlElement } from "./xml-element.ts";

const MOST_COMPONENTS = 10;

/** `createMetadata`, `updateMetadata` and `upsertMetadata`: each component for itself, at once. At most ten a call. */
export function saveMetadata({ call, operation }: { call: MetadataRequest; operation: XmlElement }): readonly unknown[] {
  const components = operation.children.filter(({ name }) => name === "metadata");
  if (components.length > MOST_COMPONENTS) throw new MetadataProblem({ problem: `the maximum number of metadata components is ${MOST_COMPONENTS}` });
  return components.map((element) => saveOne({ call, element, isCreate: operation.name === "createMetadata" }));
}

function saveOne({ call, element, isCreate }: { call: MetadataRequest; element: XmlElement; isCreate: boolean }): unknown {
  const type = (element.attributes["xsi:type"] ?? "").replace(/^.*:/, "");
  const fullName = childText({ element, name: "fullName" });
  const component = { type, fullName, path: fullName, element: withoutFullName({ type, element }) };
  const checkOnly = { checkOnly: true, rollbackOnError: true };
  const collected = { components: [component], failures: [] };
  const [first] = deployComponents({ ...call, collected, options: checkOnly });
  if (isCreate && first?.problem === null && !first.created) {
    return failure({ fullName, statusCode: "DUPLICATE_DEVELOPER_NAME", message: `There is already a component named ${fullName}` });
  }
  const [message] = deployComponents({ ...call, collected, options: { ...checkOnly, checkOnly: false } });
  if (message === undefined || message.problem !== null) {
    return failure({ fullName, statusCode: "FIELD_INTEGRITY_EXCEPTION", message: message?.problem ?? "" });
  }
  return { ...(isCreate ? {} : { created: message.created }), fullName, success: true };
}

/** Parts of objects have no name in their files; in calls every component has. */
function withoutFullName({ type, element }: { type: string; element: XmlElement }): XmlElement {
  const isNamed = type === "PermissionSet" || type === "Flow" || type === "Layout" || type === "CustomPermission" || type === "CustomTab";
  return isNamed ? { ...element, children: element.children.filter(({ name }) => name !== "fullName") } : element;
}

function failure({ fullName, statusCode, message }: { fullName: string; statusCode: string; message: string }): unknown {
  return { errors: { message, statusCode }, fullName, success: false };
}
