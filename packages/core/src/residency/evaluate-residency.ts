import type { ResidencyOverride, ResidencyPermission, ResidencyRow, ResidencyRules } from "./residency-rules.ts";

/** The law of where data may lie as this configuration reads it; null: no rule applies (`residency: "none"`). */
export type ResidencyReading = { readonly rules: ResidencyRules; readonly overrides: readonly ResidencyOverride[] } | null;

/** Where a destination's data lies, and the mechanism that it declares for data from elsewhere. */
export interface Place {
  readonly region: string;
  readonly transferMechanism?: string | undefined;
}

export interface ResidencyVerdict {
  readonly allowed: boolean;
  /** Codes with the row that decided: `inRegion`, `collectNo:RU`, `copyWithMechanism:EU`, `override:KZ:reason…`. */
  readonly reasons: readonly string[];
}

/** The row that governs a country, overrides applied; null without rules. */
export interface GoverningRow {
  readonly row: ResidencyRow;
  /** The brand's reason, where an override changed the row. */
  readonly overrideReason: string | null;
}

/** Finds a country's own row, else that of a region it belongs to, else the default. */
export function findGoverningRow(request: { reading: ResidencyReading; country: string }): GoverningRow | null {
  const { reading, country } = request;
  if (reading === null) return null;
  const { rules, overrides } = reading;
  const regions = regionsOf({ rules, country });
  const row =
    rules.rows.find((candidate) => candidate.country === country) ??
    rules.rows.find((candidate) => regions.includes(candidate.country)) ??
    rules.defaultRow;
  const override =
    overrides.find((candidate) => candidate.country === country) ??
    overrides.find((candidate) => regions.includes(candidate.country));
  if (override === undefined) return { row, overrideReason: null };
  const changed: ResidencyRow = {
    ...row,
    ...(override.collectElsewhere === undefined ? {} : { collectElsewhere: override.collectElsewhere }),
    ...(override.copyTo === undefined ? {} : { copyTo: { ...row.copyTo, ...override.copyTo } }),
    ...(override.keepLocal === undefined ? {} : { keepLocal: override.keepLocal }),
  };
  return { row: changed, overrideReason: override.reason };
}

/** Whether a place lies in the country, or in a region that the country belongs to, or in a country of the same region. */
export function isInRegion(request: { reading: ResidencyReading; country: string; region: string }): boolean {
  const { reading, country, region } = request;
  if (region === country) return true;
  if (reading === null) return false;
  const shared = regionsOf({ rules: reading.rules, country });
  return shared.includes(region) || shared.some((name) => reading.rules.regions[name]?.includes(region) === true);
}

/** May the first write of a person of this country go there? */
export function mayCollectAt(request: { reading: ResidencyReading; country: string; place: Place }): ResidencyVerdict {
  return judge({ ...request, question: "collect", permissionOf: (row) => row.collectElsewhere });
}

/** May a copy of a person of this country go there? */
export function mayCopyTo(request: { reading: ResidencyReading; country: string; place: Place }): ResidencyVerdict {
  const { reading, place } = request;
  const groups = reading === null ? [] : regionsOf({ rules: reading.rules, country: place.region });
  // A row that speaks of a region speaks of every country in it, unless it names the country itself.
  const named = [place.region, ...groups, "*"];
  const permissionOf = (row: ResidencyRow): ResidencyPermission =>
    named.map((name) => row.copyTo[name]).find((permission) => permission !== undefined) ?? "no";
  return judge({ ...request, question: "copy", permissionOf });
}

function judge(request: {
  reading: ResidencyReading;
  country: string;
  place: Place;
  question: "collect" | "copy";
  permissionOf: (row: ResidencyRow) => ResidencyPermission;
}): ResidencyVerdict {
  const { reading, country, place, question, permissionOf } = request;
  const governing = findGoverningRow({ reading, country });
  if (governing === null) return { allowed: true, reasons: ["noRule"] };
  if (isInRegion({ reading, country, region: place.region })) return { allowed: true, reasons: ["inRegion"] };
  const permission = permissionOf(governing.row);
  const hasMechanism = place.transferMechanism !== undefined;
  const word = permission === "withMechanism" ? (hasMechanism ? "WithMechanism" : "WithoutMechanism") : permission === "yes" ? "Yes" : "No";
  return {
    allowed: permission === "yes" || (permission === "withMechanism" && hasMechanism),
    reasons: [
      `${question}${word}:${governing.row.country}`,
      ...(governing.overrideReason === null ? [] : [`override:${country}:${governing.overrideReason}`]),
    ],
  };
}

function regionsOf(request: { rules: ResidencyRules; country: string }): string[] {
  return Object.entries(request.rules.regions)
    .filter(([, members]) => members.includes(request.country))
    .map(([name]) => name);
}
