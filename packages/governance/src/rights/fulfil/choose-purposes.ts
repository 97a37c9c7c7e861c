import type { Catalogue, CataloguedPurpose } from "@volenti/core/adapter";
import type { RightsRequest } from "../rights-request.ts";

/** The kinds that are answered by decisions. */
export type DecidingKind = "object" | "optOut" | "limit" | "withdraw";

/**
 * Which purposes a request ends.
 * - `object`: those that rest on legitimate interests or a public task, and direct marketing whatever it rests on (GDPR art. 21)
 * - `optOut`: those that go on until refused and give data to others: sale and sharing
 * - `limit`: those that the configuration names as using sensitive data
 * - `withdraw`: those that rest on consent
 *
 * A named purpose that the kind is not about is not covered; one that a contract or a law asks for never is.
 */
export function choosePurposes(request: {
  kind: DecidingKind;
  /** Null: all that the kind is about. */
  purpose: RightsRequest["purpose"];
  catalogue: Pick<Catalogue, "purposes">;
  sensitivePurposes: readonly string[];
}): readonly CataloguedPurpose[] | "unknownPurpose" | "purposeRequired" | "notCovered" {
  const { kind, purpose, catalogue, sensitivePurposes } = request;
  const current = catalogue.purposes.filter(({ current: isCurrent }) => isCurrent);
  if (purpose !== null) {
    const named = current.find(({ key }) => key === purpose);
    if (named === undefined) return "unknownPurpose";
    return COVERS_NAMED[kind](named) ? [named] : "notCovered";
  }
  if (kind === "limit" && sensitivePurposes.length === 0) return "purposeRequired";
  const chosen = current.filter((candidate) => (kind === "limit" ? sensitivePurposes.includes(candidate.key) : COVERS[kind](candidate)));
  return chosen.length === 0 ? "notCovered" : chosen;
}

type Covers = (purpose: CataloguedPurpose) => boolean;

const restsOnConsent: Covers = ({ basis, mechanism }) => basis === "consent" || mechanism === "optIn";
const isOwed: Covers = ({ basis }) => basis === "contract" || basis === "legalObligation";
/** Whoever is written to through a channel, or a purpose of that name: against it one may always object (art. 21(3)). */
const isDirectMarketing: Covers = ({ key, channels }) => channels.length > 0 || key === "marketing" || key.startsWith("marketing.");
const restsOnInterests: Covers = ({ basis }) => basis === "legitimateInterests" || basis === "publicTask";

const COVERS: Readonly<Record<Exclude<DecidingKind, "limit">, Covers>> = {
  object: (purpose) => restsOnInterests(purpose) || (isDirectMarketing(purpose) && !isOwed(purpose)),
  optOut: ({ mechanism, recipients }) => mechanism === "optOut" && recipients.length > 0,
  withdraw: restsOnConsent,
};

const COVERS_NAMED: Readonly<Record<DecidingKind, Covers>> = {
  object: (purpose) => !isOwed(purpose),
  optOut: (purpose) => purpose.mechanism === "optOut" || (purpose.recipients.length > 0 && !isOwed(purpose)),
  limit: (purpose) => !isOwed(purpose),
  withdraw: restsOnConsent,
};
