import { matchesAnyAttribute } from "@volenti/core/adapter";

/** The destinations whose value is shown first: of the narrowest pattern that fits the attribute; none without one. */
export function precedenceOf(request: {
  precedence: Readonly<Record<string, readonly string[]>>;
  attribute: string;
}): readonly string[] {
  const { precedence, attribute } = request;
  const [narrowest] = Object.entries(precedence)
    .filter(([pattern]) => matchesAnyAttribute({ patterns: [pattern], attribute }))
    .toSorted(([left], [right]) => widthOf({ pattern: left, attribute }) - widthOf({ pattern: right, attribute }));
  return narrowest?.[1] ?? [];
}

function widthOf(request: { pattern: string; attribute: string }): number {
  const { pattern, attribute } = request;
  return pattern === "*" ? attribute.length : attribute.length - pattern.replace(/\.\*$/, "").length;
}
