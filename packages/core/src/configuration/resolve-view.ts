import type { ConfigurationProblem } from "../error/configuration-error.ts";
import { matchesAnyAttribute } from "../model/attribute-pattern.ts";
import { STANDARD_ATTRIBUTES } from "../model/standard-attributes.ts";
import { attributePattern } from "./configuration-schema.ts";
import type { VolentiConfiguration } from "./volenti-configuration.ts";

/** How a person is shown, with every default filled in. */
export interface ViewSettings {
  /** Ids of destinations by pattern of attributes. */
  readonly precedence: Readonly<Record<string, readonly string[]>>;
  /** Whether nobody is shown without a reason, which the record of accesses keeps. */
  readonly reasonRequired: boolean;
}

/** A precedence that names nothing would never count, and nobody would notice. */
export function checkPrecedence(request: {
  configuration: Pick<VolentiConfiguration, "destinations" | "attributes">;
  /** Undefined where the settings are wrong already. */
  settings: { readonly view: ViewSettings } | undefined;
}): readonly ConfigurationProblem[] {
  const { configuration, settings } = request;
  const attributes = [...STANDARD_ATTRIBUTES.keys(), ...Object.keys(configuration.attributes ?? {})];
  const destinations = new Set(Object.keys(configuration.destinations));
  return Object.entries(settings?.view.precedence ?? {}).flatMap(([pattern, ids]) => {
    if (!attributePattern.safeParse(pattern).success) return [{ path: "view.precedence", code: "invalidFormat" }];
    const path = `view.precedence.${pattern}`;
    const isKnown = attributes.some((attribute) => matchesAnyAttribute({ patterns: [pattern], attribute }));
    return [
      ...(isKnown ? [] : [{ path, code: "unknownAttribute" }]),
      ...ids.flatMap((id, index) => (destinations.has(id) ? [] : [{ path: `${path}[${index}]`, code: "unknownDestination" }])),
    ];
  });
}
