import { ConfigurationError, type ConfigurationProblem, type Volenti } from "@volenti/core";
import { isGrant, parseShape, toProblems } from "@volenti/core/adapter";
import { importMapSchema, type ImportMap, type ImportSource } from "./import-map-schema.ts";

/**
 * Checks a map against its schema, then against the catalogue and the columns of the list; throws one `ConfigurationError`
 * with all the problems of either.
 */
export function readImportMap(request: {
  value: unknown;
  volenti: Pick<Volenti, "catalogue">;
  /** Of the list; null where they are not known yet, and the schema alone is asked. */
  columns: ReadonlySet<string> | null;
}): ImportMap {
  const { value, volenti, columns } = request;
  const parsed = parseShape({ schema: importMapSchema, value });
  if (!parsed.success) throw new ConfigurationError(toProblems({ issues: parsed.error.issues, prefix: "map" }));
  const map = parsed.data;
  if (columns === null) return map;
  const problems = [...checkPurposes({ map, volenti }), ...checkColumns({ map, columns })];
  if (problems.length > 0) throw new ConfigurationError(problems);
  return map;
}

function checkPurposes(request: { map: ImportMap; volenti: Pick<Volenti, "catalogue"> }): ConfigurationProblem[] {
  const { map, volenti } = request;
  return map.decisions.flatMap(({ purpose: key, channel, status }, index) => {
    const purpose = volenti.catalogue.purposes.find((candidate) => candidate.key === key && candidate.current);
    if (purpose === undefined) return [{ path: `map.decisions[${index}].purpose`, code: "unknownPurpose" }];
    const path = `map.decisions[${index}].channel`;
    if (channel !== undefined) return purpose.channels.includes(channel) ? [] : [{ path, code: "unknownChannel" }];
    const mayGrant = Object.values(status.values).some((word) => word !== null && isGrant(word));
    return mayGrant && purpose.channels.length > 0 ? [{ path, code: "channelRequired" }] : [];
  });
}

function checkColumns(request: { map: ImportMap; columns: ReadonlySet<string> }): ConfigurationProblem[] {
  const { map, columns } = request;
  return listColumns(map).flatMap(({ path, column }) => (columns.has(column) ? [] : [{ path, code: "unknownColumn" }]));
}

interface NamedColumn {
  readonly path: string;
  readonly column: string;
}

function listColumns(map: ImportMap): NamedColumn[] {
  const named: NamedColumn[] = [];
  const add = (path: string, source: ImportSource | { column: string } | undefined): void => {
    if (source !== undefined && "column" in source) named.push({ path: `map.${path}.column`, column: source.column });
  };
  add("country", map.country);
  add("profileAsOf", map.profileAsOf);
  for (const [index, identifier] of map.identifiers.entries()) add(`identifiers[${index}]`, identifier);
  for (const [attribute, source] of Object.entries(map.profile)) add(`profile.${attribute}`, source);
  for (const [index, { status, proof }] of map.decisions.entries()) {
    add(`decisions[${index}].status`, status);
    for (const [member, source] of Object.entries(proof)) add(`decisions[${index}].proof.${member}`, source);
  }
  return named;
}
