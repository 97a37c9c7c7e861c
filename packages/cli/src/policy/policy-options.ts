import { resolveRecipient, type Recipient, type ReleasePolicy } from "@volenti/core";
import { isJurisdiction } from "@volenti/governance";
import { UsageError } from "../usage-error.ts";

const SENTENCES = {
  unknownRecipient: "--recipient names nobody: a partner of a purpose, a destination's id, or till:STORE where the policy speaks of tills",
  ambiguousRecipient: "--recipient names a partner and a destination: write partner:NAME or destination:ID",
} as const;

/** Throws a `UsageError` that never repeats what was typed. */
export function readRecipient(request: { text: string; policy: ReleasePolicy }): Recipient {
  const recipient = resolveRecipient(request);
  if (typeof recipient !== "string") return recipient;
  throw new UsageError({ code: recipient, sentence: SENTENCES[recipient] });
}

export function checkPurpose(request: { purpose: string | undefined; policy: ReleasePolicy }): void {
  const { purpose, policy } = request;
  if (purpose === undefined || policy.world.purposes.has(purpose)) return;
  throw new UsageError({ code: "unknownPurpose", sentence: "--purpose names no purpose of the configuration" });
}

export function checkAttribute(request: { attribute: string | undefined; policy: ReleasePolicy }): void {
  const { attribute, policy } = request;
  if (attribute === undefined || policy.world.attributes.has(attribute)) return;
  throw new UsageError({ code: "unknownAttribute", sentence: "--attribute names no attribute of the configuration" });
}

export function readJurisdiction(text: string | undefined): string | undefined {
  if (isJurisdiction(text)) return text;
  throw new UsageError({ code: "unknownJurisdiction", sentence: "a jurisdiction is a country code (FR), or one of its parts (US-CA)" });
}
