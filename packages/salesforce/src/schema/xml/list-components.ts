import { createHash } from "node:crypto";
import type { OrgModel } from "../org-model.ts";
import type { MetadataComponent } from "./component.ts";
import { decisionPageComponents } from "./decision-page-components.ts";
import { flowComponent } from "./flow-component.ts";
import { objectComponents } from "./object-components.ts";
import { permissionSetComponent } from "./permission-set-component.ts";

/** Everything that the model adds, in an order in which each may be read after what it names. */
export function listComponents(model: OrgModel): readonly MetadataComponent[] {
  const components = [
    ...model.objects.flatMap((object) => objectComponents(object)),
    ...model.flows.map((flow) => flowComponent(flow)),
    ...decisionPageComponents(model.decisionPages),
  ];
  return [...components, permissionSetComponent({ permissionSet: model.permissionSet, revision: revisionOf(model) })];
}

/** Names this very state of the additions: `Revision 1f2e3d4c`. A change of a rule, a flow or a field changes it. */
export function revisionOf(model: OrgModel): string {
  return `Revision ${createHash("sha256").update(JSON.stringify(model)).digest("hex").slice(0, 8)}`;
}
