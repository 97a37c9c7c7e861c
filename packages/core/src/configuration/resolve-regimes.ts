import * as z from "zod";
import type { ConfigurationProblem } from "../error/configuration-error.ts";
import { isDuration } from "../model/duration.ts";
import type { RegimeOverride, RegimeRule, RegimesConfiguration } from "../regime/regime-rules.ts";
import { PARSE_OPTIONS, toProblems } from "../support/to-problems.ts";
import { demandSchema } from "./configuration-schema.ts";

const overrideSchema = z.strictObject({
  row: z.string(),
  reason: z.string().refine((reason) => reason.trim() !== "", { params: { code: "required" } }),
  applies: z.literal(false).optional(),
  demand: demandSchema.optional(),
  mechanism: z.enum(["optIn", "optOut"]).optional(),
  period: z.string().refine(isDuration, { params: { code: "invalidDuration" } }).optional(),
});

const rowSchema = z.looseObject({
  id: z.string().min(1),
  law: z.string().min(1),
  places: z.array(z.string()).min(1),
  rule: z.looseObject({ about: z.enum(["mechanism", "demand", "basis", "notice", "rights", "noReask", "proofRetention"]) }),
  source: z.string().min(1),
  checkedAt: z.string().min(1),
});

const regimesSchema = z.strictObject({
  rules: z.looseObject({ rows: z.array(rowSchema), regions: z.record(z.string(), z.array(z.string())) }),
  overrides: z.array(z.unknown()).optional(),
});

/** Checks the regimes of a configuration: an override that changes nothing would be believed to hold. */
export function checkRegimes(regimes: RegimesConfiguration | undefined): readonly ConfigurationProblem[] {
  if (regimes === undefined) return [];
  const parsed = regimesSchema.safeParse(regimes, PARSE_OPTIONS);
  if (!parsed.success) return toProblems({ issues: parsed.error.issues, prefix: "regimes" });
  const { rules: { rows }, overrides = [] } = regimes;
  const taken = new Set<string>();
  return [...checkRows(regimes), ...overrides.flatMap((override, index) => {
    const prefix = `regimes.overrides[${index}]`;
    const checked = overrideSchema.safeParse(override, PARSE_OPTIONS);
    if (!checked.success) return toProblems({ issues: checked.error.issues, prefix });
    const row = rows.find(({ id }) => id === checked.data.row);
    if (row === undefined) return [{ path: `${prefix}.row`, code: "unknownRow" }];
    if (taken.has(row.id)) return [{ path: `${prefix}.row`, code: "duplicateOverride" }];
    taken.add(row.id);
    return fits({ rule: row.rule, override: checked.data }) ? [] : [{ path: prefix, code: "overrideChangesNothing" }];
  })];
}

function checkRows({ rules: { rows } }: RegimesConfiguration): readonly ConfigurationProblem[] {
  const ids = rows.map(({ id }) => id);
  return new Set(ids).size === ids.length ? [] : [{ path: "regimes.rules.rows", code: "duplicateRow" }];
}

/** Whether the override names what its row answers, and nothing else. */
function fits(request: { rule: RegimeRule; override: RegimeOverride }): boolean {
  const { rule, override } = request;
  const named = (["demand", "mechanism", "period"] as const).filter((member) => override[member] !== undefined);
  if (override.applies === false) return named.length === 0;
  const answered = { demand: "demand", mechanism: "mechanism", noReask: "period", proofRetention: "period", basis: null, notice: null, rights: null } as const;
  return named.length === 1 && named[0] === answered[rule.about];
}
