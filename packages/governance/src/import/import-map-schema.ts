import { CONSENT_STATUSES, IDENTIFIER_KINDS } from "@volenti/core/adapter";
import * as z from "zod";

const column = z.string().min(1).max(256);
const text = z.string().min(1).max(1024);
const words = z.record(z.string(), z.string().max(1024).nullable());

/** Where a text comes from: a column (its words turned into ours where `values` is given), or the same for every row. */
const source = z.union([
  z.strictObject({ column, values: words.optional(), default: text.optional() }),
  z.strictObject({ value: text }),
]);

/** `iso`: an instant with its offset, or a date, which is midnight UTC. */
const date = z.strictObject({ column, format: z.enum(["iso", "day.month.year", "day/month/year", "month/day/year"]).default("iso") });

const decision = z.strictObject({
  purpose: text,
  channel: text.optional(),
  recipients: z.array(text).min(1).optional(),
  /** Every word of the column has to be there: our status, or null where it says nothing. */
  status: z.strictObject({ column, values: z.record(z.string(), z.enum(CONSENT_STATUSES).nullable()) }),
  proof: z
    .strictObject({
      actor: source.optional(),
      givenAt: date.optional(),
      notice: source.optional(),
      noticeVersion: source.optional(),
      locale: source.optional(),
      method: source.optional(),
    })
    .default({}),
});

/** What the columns of a list mean. */
export const importMapSchema = z.strictObject({
  $schema: z.string().optional(),
  schema: z.literal("volenti-import-map-1"),
  /** Default: the one that occurs most in the header. */
  delimiter: z.enum([",", ";", "\t", "|"]).optional(),
  /** As in a submission: where the list comes from. */
  collectionPoint: text,
  country: source,
  identifiers: z.array(z.strictObject({ kind: z.enum(IDENTIFIER_KINDS), column })).min(1).max(20),
  /** By dotted attribute name. An empty field says nothing. */
  profile: z.record(z.string().regex(/^[A-Za-z][A-Za-z0-9]*(?:\.[A-Za-z][A-Za-z0-9]*)?$/), source).default({}),
  /** Since when the profile is what the row says; without it, the row's latest dated decision, else before anything else. */
  profileAsOf: date.optional(),
  decisions: z.array(decision).max(100).default([]),
});

/** What the columns of a list mean. */
export type ImportMap = z.infer<typeof importMapSchema>;
export type ImportSource = z.infer<typeof source>;
export type ImportDate = z.infer<typeof date>;
export type ImportDecision = z.infer<typeof decision>;

/** The map's JSON Schema (draft 2020-12), which ships as `@volenti/governance/import-map.schema.json`. */
export function importMapJsonSchema(): Record<string, unknown> {
  return { ...z.toJSONSchema(importMapSchema, { io: "input" }), title: "Volenti import map" };
}
