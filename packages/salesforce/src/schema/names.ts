/** API names of what Volenti adds to an org: in one place, because the force-app package, writes, reads and checks must agree. */

export const DECISION_OBJECT = "VolentiDecision__c";
export const CONSENT_OBJECT = "ContactPointTypeConsent";

/** The person's ref: on Individual, Contact and Account; unique, external id. */
export const REF_FIELD = "VolentiRef__c";
/** The ref again on consent and decision rows, indexed and not unique: what reads select by. */
export const SUBJECT_REF_FIELD = "VolentiSubjectRef__c";
/** A digest of what makes a row unique: on consent rows, DataUsePurpose and EngagementChannelType; unique, external id. */
export const KEY_FIELD = "VolentiKey__c";
export const TEST_FIELD = "VolentiTest__c";
/** On Individual: the country that the last submission named, by whose law the person's decisions are judged elsewhere. */
export const COUNTRY_FIELD = "VolentiCountry__c";

export const STATE_FIELDS = {
  purpose: "VolentiPurpose__c",
  purposeVersion: "VolentiPurposeVersion__c",
  channel: "VolentiChannel__c",
  status: "VolentiStatus__c",
  decisionId: "VolentiDecisionId__c",
  /** Epoch milliseconds. */
  effectiveAt: "VolentiEffectiveAt__c",
  /** Refusal over grant, then the greater decision id, as one number: see `mapping/tie-break.ts`. */
  tieBreak: "VolentiTieBreak__c",
  /** Epoch milliseconds. */
  validUntil: "VolentiValidUntil__c",
  /** JSON lists. */
  recipients: "VolentiRecipients__c",
  attributes: "VolentiAttributes__c",
} as const;

export const DECISION_FIELDS = {
  decisionId: "VolentiDecisionId__c",
  purpose: "VolentiPurpose__c",
  purposeVersion: "VolentiPurposeVersion__c",
  channel: "VolentiChannel__c",
  status: "VolentiStatus__c",
  effectiveAt: "VolentiEffectiveAt__c",
  occurredAt: "VolentiOccurredAt__c",
  receivedAt: "VolentiReceivedAt__c",
  noticeId: "VolentiNoticeId__c",
  noticeVersion: "VolentiNoticeVersion__c",
  noticeSha256: "VolentiNoticeSha256__c",
  collectionPoint: "VolentiCollectionPoint__c",
  canonical: "VolentiCanonical__c",
  hash: "VolentiHash__c",
  /** JSON of the inclusion proof. */
  proof: "VolentiProof__c",
  /** The signed head of the proof's root, compact JWS. */
  head: "VolentiHead__c",
} as const;

/**
 * What our validation rules say, at the start of their message. The server's refusal of a stale write is told by it,
 * because Salesforce gives every custom rule the one code FIELD_CUSTOM_VALIDATION_EXCEPTION.
 */
export const RULE_MARKERS = {
  /** A consent row, an attribute or an opt-out flag that something newer stands against. */
  superseded: "VOLENTI_SUPERSEDED",
  /** A decision row is never changed. */
  immutable: "VOLENTI_IMMUTABLE",
  /** A person who is real does not become a test. */
  realPerson: "VOLENTI_REAL_PERSON",
} as const;

export const PERMISSION_SET = "VolentiIntegration";

/** The field that keeps when an attribute was last changed, in epoch milliseconds: `address.postalCode` → `VolentiPostalCodeAt__c`. */
export function stampFieldOf(attribute: string): string {
  const member = attribute.startsWith("address.") ? attribute.slice("address.".length) : attribute;
  const letters = member.replaceAll(/[^A-Za-z0-9]/g, "");
  return `Volenti${letters.charAt(0).toUpperCase()}${letters.slice(1, 31)}At__c`;
}

export const EMAIL_OPT_OUT_STAMP = "VolentiEmailOptOutAt__c";
export const PHONE_OPT_OUT_STAMP = "VolentiPhoneOptOutAt__c";

/** The stamp of an opt-out flag that the brand adds for another channel: `sms` → `VolentiSmsOptOutAt__c`. */
export function optOutStampOf(channel: string): string {
  return stampFieldOf(`${channel}OptOut`);
}
