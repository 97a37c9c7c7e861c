import type { Catalogue, LegalBasis, Volenti } from "@volenti/core";
import type { ConsentStatus, DecisionRecord } from "@volenti/core/adapter";
import { labelOf, noticeOf, purposeOf } from "./exported-purpose.ts";

/** No context is fetched: whoever reads it offline reads the same. */
const CONTEXT = {
  dpv: "https://w3id.org/dpv#",
  "eu-gdpr": "https://w3id.org/dpv/legal/eu/gdpr#",
  dct: "http://purl.org/dc/terms/",
  xsd: "http://www.w3.org/2001/XMLSchema#",
  volenti: "urn:volenti:",
};

/** W3C DPV 2.3. What has no status of consent there is said in our own words alone. */
const CONSENT_STATUS: Readonly<Partial<Record<ConsentStatus, string>>> = {
  given: "dpv:ConsentGiven",
  renewed: "dpv:RenewedConsentGiven",
  confirmed: "dpv:ConsentGiven",
  requested: "dpv:ConsentRequested",
  deferred: "dpv:ConsentRequestDeferred",
  refused: "dpv:ConsentRefused",
  withdrawn: "dpv:ConsentWithdrawn",
  optedOut: "dpv:ConsentWithdrawn",
  objected: "dpv:ConsentWithdrawn",
  revoked: "dpv:ConsentRevoked",
  expired: "dpv:ConsentExpired",
  invalidated: "dpv:ConsentInvalidated",
};

const INTEREST_STATUS: Readonly<Partial<Record<ConsentStatus, string>>> = {
  acknowledged: "dpv:LegitimateInterestInformed",
  refused: "dpv:LegitimateInterestObjected",
  withdrawn: "dpv:LegitimateInterestObjected",
  optedOut: "dpv:LegitimateInterestObjected",
  objected: "dpv:LegitimateInterestObjected",
};

const BASIS: Readonly<Record<LegalBasis, string>> = {
  consent: "eu-gdpr:A6-1-a",
  contract: "eu-gdpr:A6-1-b",
  legalObligation: "eu-gdpr:A6-1-c",
  vitalInterests: "eu-gdpr:A6-1-d",
  publicTask: "eu-gdpr:A6-1-e",
  legitimateInterests: "eu-gdpr:A6-1-f",
};

/** A record a decision, refusals included, in the four parts of ISO/IEC TS 27560: header, processing, parties, event. */
export function toDpvRecords(request: {
  records: readonly DecisionRecord[];
  submissionId: string;
  controller: Volenti["controller"];
  catalogue: Catalogue;
}): object {
  const { records, submissionId, controller, catalogue } = request;
  return {
    "@context": CONTEXT,
    "@id": `urn:uuid:${submissionId}`,
    "@type": "dpv:ConsentReceipt",
    "dct:conformsTo": "ISO/IEC TS 27560:2023",
    "dct:hasPart": records.map((record) => toRecord({ record, controller, catalogue })),
  };
}

interface RecordRequest {
  readonly record: DecisionRecord;
  readonly controller: Volenti["controller"];
  readonly catalogue: Catalogue;
}

function toRecord(request: RecordRequest): object {
  const { record } = request;
  return {
    "@id": `urn:uuid:${record.id}`,
    "@type": "dpv:ConsentRecord",
    "dct:identifier": record.id,
    "dct:conformsTo": "ISO/IEC TS 27560:2023",
    "dpv:hasDataSubject": { "@id": `volenti:subject:${record.subject}` },
    "dct:language": record.notice.locale,
    "dpv:hasNotice": toNotice(request),
    "dpv:hasProcess": toProcess(request),
    "dpv:hasDataController": toController(request.controller),
    ...toEvent(request),
  };
}

function toNotice(request: RecordRequest): object {
  const { id, version, locale, sha256 } = request.record.notice;
  const url = noticeOf(request)?.policyUrl ?? request.controller.privacyPolicyUrl;
  return {
    "@type": "dpv:PrivacyNotice",
    "dct:identifier": `${id}@${version}@${locale}`,
    "dct:hasVersion": version,
    "dct:language": locale,
    "volenti:sha256": sha256,
    "dct:source": { "@id": url },
  };
}

function toProcess(request: RecordRequest): object {
  const { record, controller } = request;
  const purpose = purposeOf(request);
  const basis = purpose === undefined ? undefined : purpose.basis;
  const strength = record.explicit ? "eu-gdpr:A6-1-a-explicit-consent" : "eu-gdpr:A6-1-a-non-explicit-consent";
  return {
    "@type": "dpv:Process",
    "dpv:hasPurpose": { "@id": `volenti:purpose:${record.purpose.key}:${record.purpose.version}`, "dct:title": labelOf({ record, purpose }) },
    "dpv:hasPersonalData": (record.attributes ?? purpose?.attributes ?? []).map((name) => ({ "dct:title": name })),
    "dpv:hasRecipientThirdParty": (record.recipients ?? purpose?.recipients ?? []).map((name) => ({ "dct:title": name })),
    "dpv:hasJurisdiction": record.jurisdictions,
    ...(basis === undefined ? {} : { "dpv:hasLegalBasis": { "@id": basis === "consent" ? strength : BASIS[basis] } }),
    ...(purpose?.retention === undefined ? {} : { "dpv:hasStorageCondition": { "@type": "dpv:StorageDuration", "dpv:hasDuration": purpose.retention } }),
    "volenti:withdrawal": controller.contact,
  };
}

function toController(controller: Volenti["controller"]): object {
  const { id, name, contact, country, privacyPolicyUrl } = controller;
  return { "@id": `volenti:controller:${id}`, "@type": "dpv:DataController", "dpv:hasName": name, "dpv:hasContact": contact, "dpv:hasCountry": country, "dct:source": { "@id": privacyPolicyUrl } };
}

function toEvent(request: RecordRequest): object {
  const { record } = request;
  const { status, actor, validUntil } = record;
  const basis = purposeOf(request)?.basis;
  const consent = basis === "consent" || basis === undefined ? CONSENT_STATUS[status] : undefined;
  const interest = basis === "legitimateInterests" ? INTEREST_STATUS[status] : undefined;
  return {
    "dpv:isIndicatedAtTime": { "@type": "xsd:dateTime", "@value": record.occurredAt },
    "dpv:isIndicatedBy": { "@type": actor.kind === "subject" ? "dpv:DataSubject" : "dpv:Entity", "dct:title": actor.kind },
    "dpv:hasIndicationMethod": record.method,
    ...(consent === undefined ? {} : { "dpv:hasConsentStatus": { "@id": consent } }),
    ...(interest === undefined ? {} : { "dpv:hasStatus": { "@id": interest } }),
    ...(basis === "consent" ? { "dpv:hasConsentType": { "@id": consentType(record) } } : {}),
    ...(validUntil === undefined ? {} : { "dpv:hasDuration": { "@type": "dpv:UntilTimeDuration", "@value": validUntil } }),
    "volenti:status": status,
    ...(record.channel === undefined ? {} : { "volenti:channel": record.channel }),
  };
}

function consentType(record: DecisionRecord): string {
  if (record.explicit) return "dpv:ExplicitlyExpressedConsent";
  return record.actor.kind === "system" ? "dpv:ImpliedConsent" : "dpv:ExpressedConsent";
}
