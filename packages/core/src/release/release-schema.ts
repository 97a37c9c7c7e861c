import * as z from "zod";
import { wellFormedText } from "../model/well-formed-text.ts";
import { readRecipientPattern } from "./recipient.ts";
import { RELEASE_MASKS } from "./release-rule.ts";

const id = z.string().max(64).regex(/^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/);
const attribute = z.string().max(128).regex(/^(?:\*|[A-Za-z][A-Za-z0-9_]*(?:\.[A-Za-z][A-Za-z0-9_]*)*(?:\.\*)?)$/);
const purpose = z.string().max(66).regex(/^(?:\*|[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?(?:\.\*)?)$/);
const recipient = z.string().max(128).refine((text) => readRecipientPattern(text) !== null, { params: { code: "invalidRecipient" } });
const jurisdiction = z.string().max(16);
const ageBands = z.array(z.enum(["under13", "13-15", "16-17", "adult"])).min(1);

const condition = z.union([
  z.strictObject({ consent: z.enum(["granted", "refused"]), purpose: z.string().optional() }),
  z.strictObject({ ageBands }),
  z.strictObject({ jurisdictions: z.array(jurisdiction).min(1) }),
]);

export const releaseRuleSchema = z.strictObject({
  id,
  effect: z.enum(["release", "mask", "deny"]),
  mask: z.enum(RELEASE_MASKS).optional(),
  match: z
    .strictObject({
      purposes: z.array(purpose).min(1).optional(),
      attributes: z.array(attribute).min(1).optional(),
      recipients: z.array(recipient).min(1).optional(),
      jurisdictions: z.array(jurisdiction).min(1).optional(),
      categories: z.array(z.string()).min(1).optional(),
      sensitivities: z.array(z.enum(["normal", "sensitive"])).min(1).optional(),
      ageBands: ageBands.optional(),
    })
    .optional(),
  when: z.array(condition).max(20).optional(),
  unless: z.array(condition).max(20).optional(),
});

export const recipientDeclarationSchema = z.strictObject({ region: z.string().max(16), transferMechanism: wellFormedText.min(1).optional() });

export const releaseSchema = z.strictObject({
  rules: z.array(z.unknown()).max(10_000),
  recipients: z.record(z.string(), z.unknown()).optional(),
  decisionPoint: z.custom<object>((value) => typeof memberOf(value, "decide") === "function", { params: { code: "wrongType" } }).optional(),
  attemptLimiter: z
    .custom<object>((value) => ["allows", "recordMiss"].every((name) => typeof memberOf(value, name) === "function"), { params: { code: "wrongType" } })
    .optional(),
});

function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
