import * as z from "zod";
import type { ConfigurationProblem } from "../error/configuration-error.ts";
import { isDuration } from "../model/duration.ts";
import { isCountryCode } from "../model/country-code.ts";
import { NOTICE_ITEMS } from "../regime/notice-item.ts";
import { PURPOSE_ASPECTS, PURPOSE_KINDS } from "../regime/purpose-kind.ts";
import type { RegimeOverride, RegimeRule, RegimesConfiguration } from "../regime/regime-rules.ts";
import { parseShape } from "../support/parse-shape.ts";
import { toProblems } from "../support/to-problems.ts";
import { demandSchema } from "./configuration-schema.ts";

const duration = z.string().refine(isDuration, { params: { code: "invalidDuration" } });

const overrideSchema = z.strictObject({
  row: z.string(),
  reason: z.string().refine((reason) => reason.trim() !== "", { params: { code: "required" } }),
  applies: z.literal(false).optional(),
  demand: demandSchema.optional(),
  mechanism: z.enum(["optIn", "optOut"]).optional(),
  period: duration.optional(),
});

const CONCERNS = [...PURPOSE_KINDS, ...PURPOSE_ASPECTS] as const;
/** Strict: a misspelt demand would demand nothing, and nobody would notice. */
const ruleSchema = z.discriminatedUnion("about", [
  z.strictObject({ about: z.literal("mechanism"), mechanism: z.enum(["optIn", "optOut"]) }),
  z.strictObject({ about: z.literal("demand"), demand: demandSchema }),
  z.strictObject({ about: z.literal("basis"), unknownBases: z.array(z.string()).min(1) }),
  z.strictObject({ about: z.literal("notice"), items: z.array(z.strictObject({ item: z.enum(NOTICE_ITEMS), provision: z.string().min(1) })).min(1) }),
  z.strictObject({ about: z.literal("rights"), rights: z.array(z.string()).min(1), deadlines: z.array(z.string()) }),
  z.strictObject({ about: z.literal("noReask"), period: duration }),
  z.strictObject({ about: z.literal("proofRetention"), period: duration }),
]);

const rowSchema = z.strictObject({
  id: z.string().min(1),
  law: z.string().min(1),
  places: z.array(z.string()).min(1),
  concerns: z.array(z.enum(CONCERNS)).min(1).optional(),
  channels: z.array(z.string()).min(1).optional(),
  rule: ruleSchema,
  note: z.string().optional(),
  source: z.string().min(1),
  checkedAt: z.string().min(1),
  certainty: z.enum(["A", "B", "C"]),
});

const regimesSchema = z.strictObject({
  rules: z.strictObject({ rows: z.array(rowSchema), regions: z.record(z.string(), z.array(z.string())) }),
  overrides: z.array(z.unknown()).optional(),
});

/** Checks the regimes of a configuration: an override that changes nothing would be believed to hold. */
export function checkRegimes(regimes: RegimesConfiguration | undefined): readonly ConfigurationProblem[] {
  if (regimes === undefined) return [];
  const parsed = parseShape({ schema: regimesSchema, value: regimes });
  if (!parsed.success) return toProblems({ issues: parsed.error.issues, prefix: "regimes" });
  const { rules: { rows }, overrides = [] } = regimes;
  const taken = new Set<string>();
  // A list with a hole in it is spread first: what is not there is refused, and not passed over.
  return [...checkRows(regimes), ...[...overrides].flatMap((override, index) => {
    const prefix = `regimes.overrides[${index}]`;
    const checked = parseShape({ schema: overrideSchema, value: override });
    if (!checked.success) return toProblems({ issues: checked.error.issues, prefix });
    const row = rows.find(({ id }) => id === checked.data.row);
    if (row === undefined) return [{ path: `${prefix}.row`, code: "unknownRow" }];
    if (taken.has(row.id)) return [{ path: `${prefix}.row`, code: "duplicateOverride" }];
    taken.add(row.id);
    return fits({ rule: row.rule, override: checked.data }) ? [] : [{ path: prefix, code: "overrideChangesNothing" }];
  })];
}

/** A row for a place that nothing knows would never hold, and nobody would notice. */
function checkRows({ rules: { rows, regions } }: RegimesConfiguration): readonly ConfigurationProblem[] {
  const isPlace = (place: string): boolean => Object.hasOwn(regions, place) || isCountryCode(place.split("-")[0] ?? "");
  const isUnique = new Set(rows.map(({ id }) => id)).size === rows.length;
  return [
    ...(isUnique ? [] : [{ path: "regimes.rules.rows", code: "duplicateRow" }]),
    ...rows.flatMap(({ places }, index) => (places.every(isPlace) ? [] : [{ path: `regimes.rules.rows[${index}].places`, code: "unknownPlace" }])),
  ];
}

/** Whether the override names what its row answers, and nothing else. */
function fits(request: { rule: RegimeRule; override: RegimeOverride }): boolean {
  const { rule, override } = request;
  const named = (["demand", "mechanism", "period"] as const).filter((member) => override[member] !== undefined);
  if (override.applies === false) return named.length === 0;
  const answered = { demand: "demand", mechanism: "mechanism", noReask: "period", proofRetention: "period", basis: null, notice: null, rights: null } as const;
  return named.length === 1 && named[0] === answered[rule.about];
}
