import * as z from "zod";
import { AGE_BANDS } from "./age-band.ts";
import { CONSENT_STATUSES } from "./consent-status.ts";
import { IDENTIFIER_KINDS } from "./identifier.ts";
import { profileSchema } from "./standard-attributes.ts";

/** A word that we or the brand coined (a purpose, a method, a staff number): nothing that can hold an address. */
const TOKEN = /^[A-Za-z0-9](?:[A-Za-z0-9._:/-]{0,126}[A-Za-z0-9])?$/;
const PLACE = /^[\p{L}\p{N}][\p{L}\p{M}\p{N} ._:/#()-]{0,127}$/u;

const token = z.string().max(128).regex(TOKEN);
const instant = z.iso.datetime({ offset: true }).max(40);
const attributePattern = z.string().max(128).regex(/^(?:\*|[A-Za-z][A-Za-z0-9_]*(?:\.[A-Za-z][A-Za-z0-9_]*)*(?:\.\*)?)$/);

/** One decision of a submission. */
export const decisionSchema = z.strictObject({
  attributes: z.array(attributePattern).min(1).max(100).optional(),
  channel: token.optional(),
  confirmation: z
    .strictObject({
      confirmedAt: instant.optional(),
      requestId: z.guid().toLowerCase().optional(),
      sentAt: instant,
      state: z.enum(["pending", "confirmed", "lapsed"]),
      tokenHash: z.string().regex(/^[0-9a-f]{64}$/).optional(),
      via: token.optional(),
    })
    .optional(),
  explicit: z.boolean().optional(),
  guardian: z.strictObject({ method: token, verifiedAt: instant }).optional(),
  id: z.guid().optional(),
  locale: z.string().max(35).regex(/^[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8})*$/),
  method: token,
  notice: token,
  noticeVersion: token,
  purpose: token,
  recipients: z.array(token).min(1).max(100).optional(),
  separate: z.boolean().optional(),
  servedAt: instant.optional(),
  status: z.enum(CONSENT_STATUSES),
  validUntil: instant.optional(),
});

/**
 * The shape of a submission; what its words mean (purposes, notices, dates to come) is checked apart. Members stand in
 * the order of RFC 8785: zod answers them in this order, and the canonical text then needs no sorting.
 */
export function submissionSchema<Profile extends z.ZodType>(profile: Profile) {
  return z.strictObject({
    actor: z
      .strictObject({ kind: z.enum(["subject", "guardian", "agent", "staff", "signal", "system"]), ref: token.optional() })
      .optional(),
    collectionPoint: z.string().max(128).regex(PLACE),
    country: z.string().regex(/^[A-Z]{2}$/),
    decisions: z.array(decisionSchema).max(100).optional(),
    occurredAt: instant,
    profile: profile.optional(),
    receivedAt: instant.optional(),
    subdivision: z.string().regex(/^[A-Z]{2}-[A-Z0-9]{1,3}$/).optional(),
    subject: z.strictObject({
      ageBand: z.enum(AGE_BANDS).optional(),
      identifiers: z
        .array(z.strictObject({ kind: z.enum(IDENTIFIER_KINDS), value: z.string().min(1).max(320) }))
        .min(1)
        .max(20),
    }),
    submissionId: z.guid(),
    test: z.boolean().optional(),
  });
}

export type RawDecision = z.infer<typeof decisionSchema>;
export type SubmissionSchema = ReturnType<typeof submissionSchema<z.ZodType<Record<string, unknown>>>>;
export type RawSubmission = z.infer<SubmissionSchema>;

/** The submission's JSON Schema (draft 2020-12), which ships as `@volenti/core/submission.schema.json`. Brands add attributes of their own to `profile`. */
export function submissionJsonSchema(): Record<string, unknown> {
  const { properties = {}, ...schema } = z.toJSONSchema(submissionSchema(profileSchema([])));
  const { profile } = properties;
  const openProfile = typeof profile === "object" ? { ...profile, additionalProperties: true } : profile;
  return { ...schema, title: "Volenti submission", properties: { ...properties, profile: openProfile } };
}
