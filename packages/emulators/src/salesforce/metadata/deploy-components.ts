import { componentKey } from "../schema/deployed-component.ts";
import type { OrgSchema } from "../schema/org-schema.ts";
import type { PermissionSetStore } from "../store/permission-sets.ts";
import type { CollectedComponents } from "./collect-components.ts";
import { standingNameOf, type MetadataComponent } from "./component.ts";
import { COMPONENT_TYPES, findComponentType } from "./components/component-types.ts";
import { MetadataProblem } from "./metadata-problem.ts";
import { createStage, type Stage } from "./stage.ts";

/** What became of one component. */
export interface ComponentMessage {
  readonly path: string;
  readonly type: string;
  readonly fullName: string;
  readonly created: boolean;
  readonly changed: boolean;
  /** Null where it went well. */
  readonly problem: string | null;
  readonly line: number | null;
}

export interface DeployOptions {
  /** Validates and changes nothing. */
  readonly checkOnly: boolean;
  /** One problem takes back everything; otherwise what is sound stays. */
  readonly rollbackOnError: boolean;
}

/** Deploys components in the order in which they need each other. Only what is committed is seen outside. */
export function deployComponents(request: {
  schema: OrgSchema;
  permissionSets: PermissionSetStore;
  collected: CollectedComponents;
  options: DeployOptions;
}): readonly ComponentMessage[] {
  const { schema, permissionSets, collected, options } = request;
  const stage = createStage({ schema, permissionSets });
  const messages: ComponentMessage[] = collected.failures.map((failure) => ({ ...failure, created: false, changed: false }));
  for (const component of inOrder(collected.components)) messages.push(deployOne({ component, stage }));
  const hasProblem = messages.some(({ problem }) => problem !== null);
  if (!options.checkOnly && !(hasProblem && options.rollbackOnError)) stage.commit();
  return messages;
}

function inOrder(components: readonly MetadataComponent[]): readonly MetadataComponent[] {
  const rank = (component: MetadataComponent): number => COMPONENT_TYPES.findIndex(({ name }) => name === component.type);
  return components.toSorted((first, second) => rank(first) - rank(second));
}

function keep({ component, stage }: { component: MetadataComponent; stage: Stage }): void {
  const { type, element } = component;
  const fullName = standingNameOf(component);
  stage.schema.components.set(componentKey({ type, fullName }), { type, fullName, element });
}

function deployOne({ component, stage }: { component: MetadataComponent; stage: Stage }): ComponentMessage {
  const { path, type, fullName } = component;
  const message = { path, type, fullName };
  try {
    const change = findComponentType(type)?.deploy({ component, stage });
    if (change === undefined) throw new MetadataProblem({ problem: `This emulator has no components of the type ${type}` });
    keep({ component, stage });
    return { ...message, created: change === "created", changed: change !== "unchanged", problem: null, line: null };
  } catch (error) {
    if (!(error instanceof MetadataProblem)) throw error;
    return { ...message, created: false, changed: false, problem: error.message, line: error.line ?? component.element.line };
  }
}
