/** For authors of connectors: the contract, and what both sides of it share. */
export type * from "./connector/v1/call-estimate-v1.ts";
export type * from "./connector/v1/change-feed-facet-v1.ts";
export type * from "./connector/v1/checkpoints-facet-v1.ts";
export type * from "./connector/v1/connection-report-v1.ts";
export type * from "./connector/v1/connector-context-v1.ts";
export type * from "./connector/v1/connector-v1.ts";
export type * from "./connector/v1/contract-test-report-v1.ts";
export type * from "./connector/v1/custody-facet-v1.ts";
export type * from "./connector/v1/erasure-facet-v1.ts";
export type * from "./connector/v1/follow-ups-facet-v1.ts";
export type * from "./connector/v1/record-ids-facet-v1.ts";
export type * from "./connector/v1/intake-facet-v1.ts";
export type * from "./connector/v1/ledger-facet-v1.ts";
export type * from "./connector/v1/linking-facet-v1.ts";
export type * from "./connector/v1/overview-facet-v1.ts";
export type * from "./connector/v1/population-facet-v1.ts";
export type * from "./connector/v1/provisioning-facet-v1.ts";
export type * from "./connector/v1/read-facets-v1.ts";
export type * from "./connector/v1/rewrapping-facet-v1.ts";
export type * from "./connector/v1/traits-v1.ts";
export { ConnectorError } from "./error/connector-error.ts";
export type { ConnectorErrorCode, ConnectorErrorOptions, RetryAdvice, ScrubbedCause } from "./error/connector-error.ts";
export type { CryptoPort, KeyRevocation, PublicKey } from "./evidence/crypto-port.ts";
export type { KeyDescription, KeyKind, Keyring, MacUse } from "./evidence/keyring.ts";
export type { Catalogue, CataloguedNotice, CataloguedPurpose } from "./model/catalogue.ts";
export { AGE_BANDS } from "./model/age-band.ts";
export type { AgeBand } from "./model/age-band.ts";
export { ANY_CHANNEL } from "./model/consent-state.ts";
export type { ConsentAnswer, ConsentState } from "./model/consent-state.ts";
export {
  compareConsentStates,
  consentKey,
  foldConsentStates,
  greaterConsentState,
  readConsent,
  standingFor,
} from "./model/consent-fold.ts";
export { CONSENT_STATUSES, endsPermission, isEnding, isGrant, isStanding } from "./model/consent-status.ts";
export type { ConsentStatus, StandingStatus } from "./model/consent-status.ts";
export type { DecisionRecord, InclusionProof, SealedDecision, SignedHead } from "./model/decision.ts";
export { IDENTIFIER_KINDS } from "./model/identifier.ts";
export type { Identifier, IdentifierKind } from "./model/identifier.ts";
export type { Notice } from "./model/notice.ts";
export { compareAttributeChanges } from "./model/profile.ts";
export type { AttributeChange, ProfilePatch } from "./model/profile.ts";
export { addDuration, isDuration } from "./model/duration.ts";
export { matchesAnyAttribute } from "./model/attribute-pattern.ts";
export type { Purpose, PurposeDemand } from "./model/purpose.ts";
export { createPriorityLane } from "./support/priority-lane.ts";
export type { PriorityLane } from "./support/priority-lane.ts";
export { parseShape } from "./support/parse-shape.ts";
export { toProblems } from "./support/to-problems.ts";
export { systemClock } from "./support/clock.ts";
export type { Clock } from "./support/clock.ts";
export type { JsonValue } from "./support/json-value.ts";
export type { MaybePromise } from "./support/maybe-promise.ts";
export { canonicalise } from "./evidence/canonicalise.ts";
export { buildMerkleTree, hashLeaves, verifyInclusion } from "./evidence/merkle-tree.ts";
export type { MerkleTree } from "./evidence/merkle-tree.ts";
export { hashRanges, listConsistencyRanges, listInclusionRanges, verifyConsistency } from "./evidence/merkle-proof.ts";
export type { LeafRange } from "./evidence/merkle-proof.ts";
export { EMPTY_RANGE, extendRange, readPeaks, rootOfRange, writePeaks } from "./evidence/merkle-range.ts";
export type { MerkleRange } from "./evidence/merkle-range.ts";
export { CHECKPOINT_SCHEMA, signCheckpoint, verifyCheckpoint } from "./evidence/checkpoint.ts";
export type { CheckpointStatement, CheckpointVerification } from "./evidence/checkpoint.ts";
export { signHead, verifyHead } from "./evidence/signed-head.ts";
export type { HeadStatement, HeadVerification } from "./evidence/signed-head.ts";
export { webCrypto } from "./evidence/web-crypto.ts";
export {
  concatenate,
  equalBytes,
  fromBase64url,
  fromHexadecimal,
  fromUtf8,
  toBase32,
  toBase64url,
  toHexadecimal,
  toUtf8,
} from "./support/bytes.ts";
export { toUuid } from "./support/to-uuid.ts";
export { sealDecisions } from "./collect/seal-decisions.ts";
export { effectiveAtOf, validUntilOf } from "./collect/decision-instants.ts";
