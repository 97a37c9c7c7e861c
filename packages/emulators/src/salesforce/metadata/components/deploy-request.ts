import { findObject } from "../../schema/find-object.ts";
import { componentKey } from "../../schema/deployed-component.ts";
import type { ObjectSchema } from "../../schema/org-schema.ts";
import type { ComponentChange, MetadataComponent } from "../component.ts";
import { MetadataProblem } from "../metadata-problem.ts";
import type { Stage } from "../stage.ts";
import type { XmlElement } from "../xml-element.ts";

export interface DeployRequest {
  readonly component: MetadataComponent;
  readonly stage: Stage;
}

/** Puts one component into the stage. Throws a `MetadataProblem` where it does not fit, and then leaves the stage as it was. */
export type ComponentDeployer = (request: DeployRequest) => ComponentChange;

export function refuse(problem: string): never {
  throw new MetadataProblem({ problem });
}

export function requireObject({ stage, name }: { stage: Stage; name: string }): ObjectSchema {
  return findObject({ schema: stage.schema, name }) ?? refuse(`Entity Enumeration Or ID: bad value for restricted picklist field: ${name}`);
}

/** Developer names: letters, digits and single underscores, no longer than 40 unless said otherwise. */
export function checkName({ name, what, most = 40 }: { name: string; what: string; most?: number }): void {
  if (name.length > most) refuse(`${what} Name: data value too large: ${name} (max length=${most})`);
  if (/^[A-Za-z](?:_?[A-Za-z0-9])*$/.test(name)) return;
  refuse(
    `The ${what} Name can only contain alphanumeric characters, must begin with a letter, cannot end with an underscore or contain two consecutive underscore characters, and must be unique across all ${what} names.`,
  );
}

export function checkLength({ text, most, what }: { text: string | undefined; most: number; what: string }): void {
  if (text !== undefined && text.length > most) refuse(`${what}: data value too large (max length=${most})`);
}

/** What a component does that is kept as its file has it, and nowhere else. */
export function changeOfFile({ component, stage }: DeployRequest): ComponentChange {
  const before = stage.schema.components.get(componentKey(component));
  return changeOf({ before: before === undefined ? undefined : withoutLines(before.element), after: withoutLines(component.element) });
}

function withoutLines({ name, attributes, children, text }: XmlElement): unknown {
  return [name, attributes, text.trim(), children.map(withoutLines)];
}

/** What putting `after` in the place of `before` does. */
export function changeOf({ before, after }: { before: unknown; after: unknown }): ComponentChange {
  if (before === undefined) return "created";
  return JSON.stringify(before) === JSON.stringify(after) ? "unchanged" : "changed";
}
