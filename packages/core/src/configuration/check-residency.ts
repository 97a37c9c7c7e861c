import type { ConfigurationProblem } from "../error/configuration-error.ts";
import { isCountryCode } from "../model/country-code.ts";
import type { ResidencyReading } from "../residency/evaluate-residency.ts";
import type { ResidencyRow } from "../residency/residency-rules.ts";
import { parseShape } from "../support/parse-shape.ts";
import { toProblems } from "../support/to-problems.ts";
import { overrideSchema } from "./configuration-schema.ts";
import type { VolentiConfiguration } from "./volenti-configuration.ts";

const PLAIN_NAME = /^[A-Za-z0-9-]{1,12}$/;

/** Rows and overrides of countries that there are: a row for `UK` would never be read, and nobody would notice. */
export function checkResidency(request: {
  configuration: Pick<VolentiConfiguration, "residency">;
  residency: ResidencyReading;
}): ConfigurationProblem[] {
  const { configuration, residency } = request;
  if (configuration.residency === "none" || residency === null) return [];
  const { rows, defaultRow, regions } = residency.rules;
  return [
    ...Object.entries(regions).flatMap(([name, members]) => checkRegion({ name, members })),
    ...rows.flatMap((row, index) => checkRow({ row, residency, path: `residency.rules.rows[${index}]` })),
    ...checkCopies({ copyTo: defaultRow.copyTo, residency, path: "residency.rules.defaultRow.copyTo" }),
    ...(configuration.residency.overrides ?? []).flatMap((override, index) =>
      checkOverride({ override, residency, path: `residency.overrides[${index}]` }),
    ),
  ];
}

/** Whether a name is a country, or a region of the rules. */
export function isPlace(request: { name: string; residency: ResidencyReading }): boolean {
  const { name, residency } = request;
  return isCountryCode(name) || (residency !== null && Object.hasOwn(residency.rules.regions, name));
}

function checkRegion(request: { name: string; members: readonly string[] }): ConfigurationProblem[] {
  const { name, members } = request;
  const path = memberPath({ path: "residency.rules.regions", name });
  return members.flatMap((member, index) => (isCountryCode(member) ? [] : [{ path: `${path}[${index}]`, code: "unknownCountry" }]));
}

function checkRow(request: { row: ResidencyRow; residency: ResidencyReading; path: string }): ConfigurationProblem[] {
  const { row, residency, path } = request;
  const isKnown = isPlace({ name: row.country, residency });
  const copies = checkCopies({ copyTo: row.copyTo, residency, path: `${path}.copyTo` });
  return isKnown ? copies : [{ path: `${path}.country`, code: "unknownCountry" }, ...copies];
}

function checkOverride(request: { override: unknown; residency: ResidencyReading; path: string }): ConfigurationProblem[] {
  const { override, residency, path } = request;
  const parsed = parseShape({ schema: overrideSchema, value: override });
  if (!parsed.success) return toProblems({ issues: parsed.error.issues, prefix: path });
  const { country, copyTo = {} } = parsed.data;
  const copies = checkCopies({ copyTo, residency, path: `${path}.copyTo` });
  return isPlace({ name: country, residency }) ? copies : [{ path: `${path}.country`, code: "unknownCountry" }, ...copies];
}

function checkCopies(request: { copyTo: Readonly<Record<string, unknown>>; residency: ResidencyReading; path: string }): ConfigurationProblem[] {
  const { copyTo, residency, path } = request;
  const unknown = Object.keys(copyTo).filter((name) => name !== "*" && !isPlace({ name, residency }));
  return unknown.map((name) => ({ path: memberPath({ path, name }), code: "unknownRegion" }));
}

function memberPath(request: { path: string; name: string }): string {
  return PLAIN_NAME.test(request.name) ? `${request.path}.${request.name}` : request.path;
}
