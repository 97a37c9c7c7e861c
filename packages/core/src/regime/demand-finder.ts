import type { Purpose, PurposeDemand } from "../model/purpose.ts";
import type { ResidencyReading } from "../residency/evaluate-residency.ts";
import { readPurpose } from "./purpose-kind.ts";
import { concernsChannel, concernsPurpose, placesOf, readRegimes, type GoverningRegimeRow } from "./read-regimes.ts";
import type { RegimesConfiguration } from "./regime-rules.ts";

/** What a grant of a purpose has to show of a person, and which readings of the brand's changed that. */
export interface FoundDemand {
  readonly demand: PurposeDemand;
  /** `override:ROW:REASON` for each row that the brand reads otherwise. */
  readonly reasons: readonly string[];
}

export type FindDemand = (question: DemandQuestion) => FoundDemand;

export interface DemandQuestion {
  readonly purpose: Purpose;
  readonly channel: string | undefined;
  /** The person's country, and its subdivision where that is known. */
  readonly jurisdictions: readonly string[];
}

const NOTHING: FoundDemand = { demand: {}, reasons: [] };
/** Places come from submissions: what is kept of them has an end. */
const MOST_ANSWERS = 10_000;

/**
 * The strictest of what the configuration demands itself and what its regimes do, of all the places of a person. A row more
 * never demands less; only an override does, with its reason. Answers are kept: every grant asks.
 */
export function createDemandFinder(request: {
  /** Null: the configuration names no regimes. */
  regimes: RegimesConfiguration | null;
  residency: ResidencyReading;
  sensitivePurposes: readonly string[];
}): FindDemand {
  const { regimes, residency, sensitivePurposes } = request;
  const rows = regimes === null ? [] : readRegimes(regimes).filter(({ row }) => row.rule.about === "demand");
  const regions = { ...residency?.rules.regions, ...regimes?.rules.regions };
  const answers = new Map<string, FoundDemand>();
  return (question) => {
    const { purpose, channel, jurisdictions } = question;
    if (rows.length === 0 && Object.keys(purpose.demands).length === 0) return NOTHING;
    const key = [purpose.key, purpose.version, channel ?? "", ...jurisdictions].join("\u0000");
    const known = answers.get(key);
    if (known !== undefined) return known;
    const places = placesOf({ jurisdictions, regions });
    const reading = readPurpose({ purpose, sensitivePurposes });
    const concerned = rows.filter(
      ({ row }) => row.places.some((place) => places.includes(place)) && concernsPurpose({ row, reading }) && concernsChannel({ row, channel }),
    );
    const found = { demand: strictest([...ownDemands({ purpose, places }), ...demandsOf(concerned)]), reasons: reasonsOf(concerned) };
    if (answers.size < MOST_ANSWERS) answers.set(key, found);
    return found;
  };
}

function ownDemands(request: { purpose: Purpose; places: readonly string[] }): readonly PurposeDemand[] {
  return ["*", ...request.places].flatMap((place) => request.purpose.demands[place] ?? []);
}

function demandsOf(rows: readonly GoverningRegimeRow[]): readonly PurposeDemand[] {
  return rows.flatMap(({ row, applies }) => (applies && row.rule.about === "demand" ? [row.rule.demand] : []));
}

function reasonsOf(rows: readonly GoverningRegimeRow[]): readonly string[] {
  return rows.flatMap(({ row, overrideReason }) => (overrideReason === null ? [] : [`override:${row.id}:${overrideReason}`]));
}

/** What satisfies this satisfies each of them. */
export function strictest(demands: readonly PurposeDemand[]): PurposeDemand {
  if (demands.length === 0) return {};
  return {
    explicit: demands.some(({ explicit }) => explicit === true),
    separate: demands.some(({ separate }) => separate === true),
    doubleOptIn: demands.some(({ doubleOptIn }) => doubleOptIn === true),
    standalone: demands.some(({ standalone }) => standalone === true),
    guardianBelow: Math.max(...demands.map(({ guardianBelow }) => guardianBelow ?? 0)),
  };
}
