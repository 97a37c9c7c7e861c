import * as z from "zod";
import { isCountryCode } from "../model/country-code.ts";
import { isDuration } from "../model/duration.ts";
import type { RightsConfiguration } from "./volenti-configuration.ts";
import { IDENTIFIER_KINDS } from "../model/identifier.ts";
import { wellFormedText, wellFormedUrl } from "../model/well-formed-text.ts";
import { PURPOSE_KINDS } from "../regime/purpose-kind.ts";

const token = z.string().max(64).regex(/^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/);
const country = z.string().refine(isCountryCode, { params: { code: "unknownCountry" } });
const duration = z.string().refine(isDuration, { params: { code: "invalidDuration" } });
export const attributePattern = z.string().max(128).regex(/^(?:\*|[A-Za-z][A-Za-z0-9_]*(?:\.[A-Za-z][A-Za-z0-9_]*)*(?:\.\*)?)$/);
const text = wellFormedText.min(1);
export const locale = z.string().max(35).regex(/^[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8})*$/);

export const demandSchema = z.strictObject({
  explicit: z.boolean().optional(),
  separate: z.boolean().optional(),
  doubleOptIn: z.boolean().optional(),
  guardianBelow: z.int().min(1).max(21).optional(),
  standalone: z.boolean().optional(),
});

export const controllerSchema = z.strictObject({
  id: token,
  name: text,
  country,
  contact: text,
  privacyPolicyUrl: wellFormedUrl,
  address: text.optional(),
  representative: z.union([z.literal("none"), z.strictObject({ name: text, contact: text })]).optional(),
  dataProtectionOfficer: z.union([z.literal("none"), z.strictObject({ contact: text })]).optional(),
  supervisoryAuthority: text.optional(),
});

export const purposeSchema = z.strictObject({
  key: token,
  version: token,
  label: z.record(locale, text),
  basis: z.enum(["consent", "contract", "legalObligation", "vitalInterests", "publicTask", "legitimateInterests"]),
  mechanism: z.enum(["optIn", "optOut", "noticeOnly"]),
  channels: z.array(token).max(20).default([]),
  attributes: z.array(attributePattern),
  recipients: z.array(token).default([]),
  retention: duration.optional(),
  // Without a default, so that the digests of purposes that lack it stay what they were.
  retentionIn: z.record(z.string().refine((place) => place === "EU" || isCountryCode(place)), duration).optional(),
  validity: duration.optional(),
  covers: z.array(token).default([]),
  demands: z.record(z.string().regex(/^(?:\*|[A-Z]{2}(?:-[A-Z0-9]{1,3})?)$/), demandSchema).default({}),
  kind: z.enum(PURPOSE_KINDS).optional(),
});

export const noticeSchema = z.strictObject({
  id: token,
  version: token,
  locale,
  purposes: z.array(wellFormedText.max(130)).min(1),
  standalone: z.boolean().default(false),
  firstLayer: text,
  text: text.optional(),
  file: text.optional(),
  policyUrl: wellFormedUrl,
});

export const routeSchema = z.strictObject({
  countries: z.array(z.string().regex(/^[A-Z]{2}$/)).min(1).optional(),
  to: z.array(z.string()).min(1),
  history: z.literal("latestOnly").optional(),
});

const permission = z.enum(["yes", "no", "withMechanism"]);

export const overrideSchema = z.strictObject({
  country: z.string().regex(/^[A-Z]{2}$/),
  reason: z.string().refine((reason) => reason.trim() !== "", { params: { code: "required" } }),
  collectElsewhere: permission.optional(),
  copyTo: z.record(z.string().regex(/^(?:\*|[A-Z]{2})$/), permission).optional(),
  keepLocal: z.enum(["yes", "no"]).optional(),
});

const LONGEST_BATCH_WINDOW_IN_MS = 60_000;

const rightsSchema = z.strictObject({
  verifyIdentity: z.custom<NonNullable<RightsConfiguration["verifyIdentity"]>>((value) => typeof value === "function").optional(),
  holidays: z.record(country, z.array(z.iso.date())).default({}),
  timeZone: z.string().refine(isTimeZone, { params: { code: "unknownTimeZone" } }).default("UTC"),
  sensitivePurposes: z.array(token).default([]),
});

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

export const settingsSchema = z.object({
  rights: rightsSchema.prefault({}),
  batchWindowInMs: z.int().min(0).max(LONGEST_BATCH_WINDOW_IN_MS).default(0),
  identity: z
    .strictObject({
      precedence: z.array(z.enum(IDENTIFIER_KINDS)).optional(),
      emailLocalPart: z.enum(["insensitive", "exact"]).optional(),
    })
    .default({}),
  view: z
    .strictObject({
      precedence: z.record(z.string(), z.array(z.string()).min(1)).default({}),
      reasonRequired: z.boolean().default(false),
    })
    .prefault({}),
  collectionPoints: z.record(z.string(), z.strictObject({ clock: z.enum(["device", "server"]) })).default({}),
  retry: z
    .strictObject({
      maxAttempts: z.int().min(1).max(10).default(5),
      baseDelayInMs: z.int().min(1).default(200),
      maxDelayInMs: z.int().min(1).default(20_000),
      totalBudgetInMs: z.int().min(0).default(60_000),
    })
    .prefault({}),
});
