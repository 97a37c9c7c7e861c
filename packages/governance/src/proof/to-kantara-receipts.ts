import type { Catalogue, Volenti } from "@volenti/core";
import { isGrant, type DecisionRecord } from "@volenti/core/adapter";
import { labelOf, noticeOf, purposeOf } from "./exported-purpose.ts";

interface KantaraRequest {
  readonly records: readonly DecisionRecord[];
  readonly submissionId: string;
  readonly controller: Volenti["controller"];
  readonly catalogue: Catalogue;
  readonly attributes: Volenti["attributes"];
}

/**
 * Kantara Consent Receipt 1.1. It knows grants alone: refusals, and what was only asked or seen, are left out. One receipt
 * has one instant, one language and one policy, so that each notice and instant makes one. `consentTimestamp` is in seconds.
 */
export function toKantaraReceipts(request: KantaraRequest): readonly object[] {
  const groups = new Map<string, DecisionRecord[]>();
  for (const record of request.records) {
    if (!isGrant(record.status)) continue;
    const { notice, occurredAt } = record;
    const key = JSON.stringify([occurredAt, notice.sha256, record.jurisdictions, record.method]);
    groups.set(key, [...(groups.get(key) ?? []), record]);
  }
  return [...groups.values()].flatMap((records) => toReceipt({ ...request, records, isOnly: groups.size === 1 }));
}

function toReceipt(request: KantaraRequest & { isOnly: boolean }): object[] {
  const { records, submissionId, controller, catalogue, attributes, isOnly } = request;
  const [first] = records;
  if (first === undefined) return [];
  const sensitive = [...new Set(records.flatMap((record) => categoriesOf({ record, catalogue })))].filter(
    (name) => attributes.get(name)?.sensitivity === "sensitive",
  );
  return [
    {
      version: "KI-CR-v1.1.0",
      jurisdiction: first.jurisdictions.join(" "),
      consentTimestamp: Math.floor(Date.parse(first.occurredAt) / 1000),
      collectionMethod: first.method,
      // Unique a receipt: the submission's own id where it makes one.
      consentReceiptID: isOnly ? submissionId : first.id,
      language: first.notice.locale,
      piiPrincipalId: first.subject,
      piiControllers: [
        {
          piiController: controller.name,
          contact: controller.contact,
          address: { addressCountry: controller.country },
          email: controller.contact.includes("@") ? controller.contact : "",
          // The configuration knows none.
          phone: "",
          piiControllerUrl: controller.privacyPolicyUrl,
        },
      ],
      policyUrl: noticeOf({ record: first, catalogue })?.policyUrl ?? controller.privacyPolicyUrl,
      services: [{ service: first.collectionPoint, purposes: records.map((record) => toPurpose({ record, catalogue })) }],
      sensitive: sensitive.length > 0,
      spiCat: sensitive,
    },
  ];
}

function toPurpose(request: { record: DecisionRecord; catalogue: Catalogue }): object {
  const { record } = request;
  const purpose = purposeOf(request);
  const recipients = record.recipients ?? purpose?.recipients ?? [];
  // A signal of a browser is an act; that nobody acted, only a system's own decision says.
  const isImplicit = record.actor.kind === "system" && !record.explicit;
  return {
    purpose: labelOf({ record, purpose }),
    purposeCategory: [record.purpose.key],
    consentType: isImplicit ? "IMPLICIT" : "EXPLICIT",
    piiCategory: categoriesOf(request),
    primaryPurpose: purpose?.basis === "contract",
    termination: record.validUntil ?? purpose?.validity ?? purpose?.retention ?? "until withdrawn",
    thirdPartyDisclosure: recipients.length > 0,
    ...(recipients.length === 0 ? {} : { thirdPartyName: recipients.join(", ") }),
  };
}

function categoriesOf(request: { record: DecisionRecord; catalogue: Catalogue }): readonly string[] {
  return request.record.attributes ?? purposeOf(request)?.attributes ?? [];
}
