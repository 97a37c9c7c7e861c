import type { PurposeReading, PurposeConcern } from "./purpose-kind.ts";
import { PURPOSE_ASPECTS } from "./purpose-kind.ts";
import type { RegimeOverride, RegimeRow, RegimeRule, RegimeRules, RegimesConfiguration } from "./regime-rules.ts";

/** A row as the brand reads it. */
export interface GoverningRegimeRow {
  readonly row: RegimeRow;
  /** False where the brand's reading is that it does not hold. */
  readonly applies: boolean;
  /** The brand's reason, where an override changed the row. */
  readonly overrideReason: string | null;
}

/** The rows of a configuration with its overrides applied, in their order. */
export function readRegimes({ rules, overrides = [] }: RegimesConfiguration): readonly GoverningRegimeRow[] {
  return rules.rows.map((row) => {
    const override = overrides.find((candidate) => candidate.row === row.id);
    if (override === undefined) return { row, applies: true, overrideReason: null };
    const rule = overrideRule({ rule: row.rule, override });
    return { row: { ...row, rule }, applies: override.applies !== false, overrideReason: override.reason };
  });
}

function overrideRule(request: { rule: RegimeRule; override: RegimeOverride }): RegimeRule {
  const { rule, override } = request;
  if (rule.about === "demand" && override.demand !== undefined) return { ...rule, demand: { ...rule.demand, ...override.demand } };
  if (rule.about === "mechanism" && override.mechanism !== undefined) return { ...rule, mechanism: override.mechanism };
  if ((rule.about === "noReask" || rule.about === "proofRetention") && override.period !== undefined) return { ...rule, period: override.period };
  return rule;
}

/** The names under which rows may speak of a person's places: those of a decision, and the regions that the country belongs to. */
export function placesOf(request: { jurisdictions: readonly string[]; regions: RegimeRules["regions"] }): readonly string[] {
  const { jurisdictions, regions } = request;
  const groups = Object.entries(regions).flatMap(([name, members]) => (members.some((member) => jurisdictions.includes(member)) ? [name] : []));
  return [...jurisdictions, ...groups];
}

const ASPECTS: ReadonlySet<string> = new Set(PURPOSE_ASPECTS);

/** Whether a row is about a purpose: one whose kind nobody can tell may be of any. */
export function concernsPurpose(request: { row: RegimeRow; reading: PurposeReading }): boolean {
  const { row, reading } = request;
  const isAspect = (concern: PurposeConcern): boolean => ASPECTS.has(concern);
  return (
    row.concerns === undefined ||
    row.concerns.some((concern) =>
      isAspect(concern) ? reading.aspects.some((aspect) => aspect === concern) : reading.kind === null || reading.kind === concern,
    )
  );
}

/** Whether a row is about a channel of a purpose; `undefined`: the purpose as a whole. */
export function concernsChannel(request: { row: RegimeRow; channel: string | undefined }): boolean {
  const { row, channel } = request;
  return row.channels === undefined || (channel !== undefined && row.channels.includes(channel));
}
