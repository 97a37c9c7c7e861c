import type { Volenti } from "@volenti/core";
import { toUuid, type Identifier } from "@volenti/core/adapter";
import { recordAccess } from "../access/record-access.ts";
import { checkReason, type Viewer } from "../access/viewer.ts";
import { verifyIdentity } from "../rights/verify-identity.ts";
import { labelOf } from "../show/describe-access.ts";
import { readPerson, toPlaces, type FoundReading, type PersonReading } from "../show/read-person.ts";
import { toUnifiedView } from "../show/show-person.ts";
import type { UnifiedView } from "../show/unified-view.ts";
import { readIdentifier, type PersonRequest } from "../support/person-request.ts";
import { PORTABILITY_SCHEMA, type ExportedDecision, type ExportReport, type PortabilityExport } from "./portability-export.ts";

/** Whose data is exported, and whether a part of it will do. */
export interface ExportRequest extends PersonRequest {
  /** Whether to release what could be read where a destination could not be. Default false. */
  readonly partial?: boolean | undefined;
  /** Of purposes' labels, BCP 47. Default `en`. */
  readonly locale?: string | undefined;
}

/**
 * What a person gave, over all destinations; on record before it is released. Nothing is read before the brand's
 * `rights.verifyIdentity` is content, where there is one; `isVerified`: a request was verified already.
 */
export async function exportPerson(request: { volenti: Volenti; person: ExportRequest; viewer: Viewer; isVerified?: boolean }): Promise<ExportReport> {
  const { volenti, person, viewer } = request;
  checkReason({ volenti, viewer, operation: "export" });
  const identifier = readIdentifier({ volenti, person, operation: "export" });
  const isKnown = request.isVerified === true || (await isAsking({ volenti, identifier }));
  if (!isKnown) return { outcome: "unverified", document: null, destinations: [], accessLog: "none" };
  const readings = await readPerson({ volenti, identifier });
  const outcome = judge({ readings, isPartial: person.partial === true });
  const destinations = readings.map((reading) => ({ id: reading.id, status: reading.status, code: reading.status === "unreachable" ? reading.code : null }));
  if (outcome !== "exported") return { outcome, document: null, destinations, accessLog: "none" };
  const document = toDocument({ volenti, readings, locale: person.locale ?? "en" });
  const accessLog = await recordAccess({
    volenti,
    viewer,
    places: toPlaces(readings),
    operation: "export",
    defaultReason: "dataPortability",
    attributes: document.profile.map(({ attribute }) => attribute),
    recipient: null,
  });
  return { outcome, document, destinations, accessLog };
}

async function isAsking(request: { volenti: Volenti; identifier: Identifier }): Promise<boolean> {
  const { volenti } = request;
  const requestId = toUuid(volenti.crypto.randomBytes(16));
  const receivedAt = new Date(volenti.clock.now()).toISOString();
  return (await verifyIdentity({ ...request, rightsRequest: { requestId, kind: "portability", via: "self", receivedAt } })) !== null;
}

/**
 * Of several people none is released, and nothing while somewhere somebody is held who is not linked; nobody is "not found" as
 * long as one place could not be asked.
 */
function judge(request: { readings: readonly PersonReading[]; isPartial: boolean }): ExportReport["outcome"] {
  const { readings, isPartial } = request;
  const isFound = readings.some(({ status }) => status === "found");
  if (readings.some(({ status }) => status === "conflict")) return "conflict";
  if (readings.some(({ status }) => status === "unlinked")) return "unlinked";
  if (readings.some(({ status }) => status === "unreachable") && !(isPartial && isFound)) return "unreachable";
  return isFound ? "exported" : "notFound";
}

function toDocument(request: { volenti: Volenti; readings: readonly PersonReading[]; locale: string }): PortabilityExport {
  const { volenti, readings, locale } = request;
  const view = toUnifiedView(request);
  const { id, name, country, contact, privacyPolicyUrl } = volenti.controller;
  return {
    $schema: PORTABILITY_SCHEMA,
    exportedAt: view.readAt,
    controller: { id, name, country, contact, privacyPolicyUrl },
    complete: view.complete,
    sources: view.destinations.map((destination) => ({ id: destination.id, region: destination.region, status: destination.status })),
    profile: toValues(view),
    consents: view.consents.map(({ purpose, channel, answer, decision }) => {
      const label = volenti.catalogue.purposes.find((candidate) => candidate.key === purpose && candidate.current)?.label ?? {};
      return { purpose, label: labelOf({ label, locale, key: purpose }), channel, answer, decision };
    }),
    decisions: toDecisions(readings.filter((reading) => reading.status === "found")),
  };
}

function toValues({ profile }: Pick<UnifiedView, "profile">): PortabilityExport["profile"] {
  return profile.flatMap(({ attribute, value: shown, values }) =>
    values.map(({ value, changedAt, dateOf, destinationIds }) => ({ attribute, value, shown: value === shown, changedAt, dateOf, sources: destinationIds })),
  );
}

/** Each decision once, in the order of recording of the first destination that keeps it. */
function toDecisions(readings: readonly FoundReading[]): readonly ExportedDecision[] {
  const decisions = new Map<string, ExportedDecision>();
  for (const { id, records } of readings) {
    for (const { decisionId, canonical, hash, proof, head, recordedAt } of records.flatMap((record) => record.decisions)) {
      const known = decisions.get(decisionId);
      decisions.set(
        decisionId,
        known === undefined
          ? { decisionId, canonical, hash, proof, head, recordedAt, sources: [id] }
          : { ...known, head: known.head ?? head, sources: [...known.sources, id] },
      );
    }
  }
  return [...decisions.values()];
}
