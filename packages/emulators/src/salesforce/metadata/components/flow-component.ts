import { checkFlow } from "../../flow/check-flow.ts";
import { parseFlow } from "../../flow/parse-flow.ts";
import type { BeforeSaveFlow } from "../../schema/org-schema.ts";
import { standingNameOf } from "../component.ts";
import { checkName, type ComponentDeployer } from "./deploy-request.ts";

/** A flow, under the object whose records start it. A new version of it takes the place of the one before. */
export const deployFlow: ComponentDeployer = ({ component, stage }) => {
  const { element } = component;
  const name = standingNameOf(component);
  checkName({ name, what: "Flow API", most: 80 });
  const { definition, isActive } = parseFlow(element);
  const object = checkFlow({ definition, schema: stage.schema });
  const flow: BeforeSaveFlow = { name, isActive, definition };
  const before = [...stage.schema.objects.values()].find(({ beforeSaveFlows }) => beforeSaveFlows.has(name));
  const standing = before?.beforeSaveFlows.get(name);
  before?.beforeSaveFlows.delete(name);
  const isUnchanged = standing !== undefined && isSame({ first: standing, second: flow });
  const version = (standing?.version ?? 1) + (standing === undefined || isUnchanged ? 0 : 1);
  object.beforeSaveFlows.set(name, { ...flow, version });
  if (standing === undefined) return "created";
  return isUnchanged ? "unchanged" : "changed";
};

function isSame({ first, second }: { first: BeforeSaveFlow; second: BeforeSaveFlow }): boolean {
  return first.isActive === second.isActive && toText(first.definition) === toText(second.definition);
}

function toText(definition: unknown): string {
  return JSON.stringify(definition, (_key, value: unknown) => (value instanceof Map ? [...value] : value));
}
