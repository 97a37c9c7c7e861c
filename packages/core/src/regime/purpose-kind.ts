import type { Purpose } from "../model/purpose.ts";

/**
 * What a purpose is for, as laws tell purposes apart; closed. Beside each the nearest term of the W3C Data Privacy Vocabulary
 * 2.3. `sale` and `sharing` are those of the Californian law: for money or another value, and for advertising across services.
 */
export const PURPOSE_KINDS = [
  "serviceProvision", // RequestedServiceProvision
  "loyalty", // CustomerRelationshipManagement
  "customerCare", // CustomerCare
  "directMarketing", // DirectMarketing
  "personalisation", // ServicePersonalisation
  "profiling", // PersonalisedBenefits, ProvideProductRecommendations
  "targetedAdvertising", // TargetedAdvertising
  "sale", // SellDataToThirdParties
  "sharing", // SellDataToThirdParties, without a price
  "analytics", // ServiceUsageAnalytics
  "security", // FraudPreventionAndDetection
  "legalCompliance", // LegalCompliance
] as const;
/** What a purpose is for, as laws tell purposes apart. */
export type PurposeKind = (typeof PURPOSE_KINDS)[number];

/** What a law may ask about beside the kind: others receive the data; the data is sensitive. */
export const PURPOSE_ASPECTS = ["disclosure", "sensitiveData"] as const;
/** A property of a purpose that a law may ask about. */
export type PurposeAspect = (typeof PURPOSE_ASPECTS)[number];
/** What a rule of a law is concerned with: a kind of purpose, or a property of one. */
export type PurposeConcern = PurposeKind | PurposeAspect;

/** What is known of a purpose that a row of a regime may concern. */
export interface PurposeReading {
  /** Declared, or the only one that fits what the purpose declares; null: nobody can tell, and every row that asks for a kind applies. */
  readonly kind: PurposeKind | null;
  /** What else rows ask about it; empty where nothing is known. */
  readonly aspects: readonly PurposeAspect[];
}

/** Reads from a purpose what laws ask about it. */
export function readPurpose(request: {
  purpose: Pick<Purpose, "key" | "kind" | "basis" | "channels" | "recipients">;
  /** Keys of the purposes that use sensitive data. */
  sensitivePurposes: readonly string[];
}): PurposeReading {
  const { purpose, sensitivePurposes } = request;
  return {
    kind: purpose.kind ?? inferKind(purpose),
    aspects: [
      ...(purpose.recipients.length > 0 ? (["disclosure"] as const) : []),
      ...(sensitivePurposes.includes(purpose.key) ? (["sensitiveData"] as const) : []),
    ],
  };
}

/** Messages by consent or interest, to which nobody else is party, are direct marketing; of all else the brand has to say it. */
function inferKind(purpose: Pick<Purpose, "basis" | "channels" | "recipients">): PurposeKind | null {
  if (purpose.basis === "legalObligation") return "legalCompliance";
  const isAddressed = purpose.channels.length > 0 && purpose.recipients.length === 0;
  return isAddressed && (purpose.basis === "consent" || purpose.basis === "legitimateInterests") ? "directMarketing" : null;
}
