import { concernsChannel, concernsPurpose, type GoverningRegimeRow, type PurposeReading } from "@volenti/core";
import { addDuration } from "@volenti/core/adapter";

/**
 * Until when a law forbids to ask somebody who refused, epoch milliseconds; null where none does. Of a person whose state or
 * province nobody knows the rows of all of them hold, and of one whose country nobody knows all rows: the longest counts.
 */
export function noReaskUntil(request: {
  rows: readonly GoverningRegimeRow[];
  regions: Readonly<Record<string, readonly string[]>>;
  reading: PurposeReading;
  channel: string | undefined;
  country: string | null;
  /** As the refusal's record has them; empty where nobody kept it. */
  jurisdictions: readonly string[];
  /** Epoch milliseconds: from when the refusal counts. */
  refusedAt: number;
}): number | null {
  const { rows, regions, reading, channel, country, jurisdictions, refusedAt } = request;
  const periods = rows.flatMap(({ row, applies }) => {
    const isMeant = applies && concernsPurpose({ row, reading }) && concernsChannel({ row, channel });
    const isHere = row.places.some((place) => mayBeAt({ place, regions, country, jurisdictions }));
    return isMeant && isHere && row.rule.about === "noReask" ? [row.rule.period] : [];
  });
  if (periods.length === 0) return null;
  return Math.max(...periods.map((duration) => addDuration({ epochInMs: refusedAt, duration })));
}

function mayBeAt(request: {
  place: string;
  regions: Readonly<Record<string, readonly string[]>>;
  country: string | null;
  jurisdictions: readonly string[];
}): boolean {
  const { place, regions, country, jurisdictions } = request;
  const known = [...new Set([...jurisdictions, ...(country === null ? [] : [country])])];
  if (known.length === 0 || known.includes(place) || known.some((name) => regions[place]?.includes(name) === true)) return true;
  const [countryOfPlace = "", subdivision] = place.split("-");
  const isSubdivisionKnown = known.some((name) => name.startsWith(`${countryOfPlace}-`));
  return subdivision !== undefined && known.includes(countryOfPlace) && !isSubdivisionKnown;
}
