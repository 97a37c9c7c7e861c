import type { CataloguedPurpose, Volenti } from "@volenti/core";
import { matchesAnyAttribute, type ConnectorV1 } from "@volenti/core/adapter";
import { isEeaMember } from "@volenti/jurisdictions";
import type { DestinationRecord, DestinationSafeguard, ProcessingRecords, PurposeRecord, RecordGap } from "./processing-records.ts";

/** What a configuration says about the processing, and what it does not. Asks no destination. */
export function assembleRecords(volenti: Volenti): ProcessingRecords {
  const { name, country, contact, privacyPolicyUrl } = volenti.controller;
  const purposes = volenti.catalogue.purposes.filter(({ current }) => current).map((purpose) => toPurposeRecord({ volenti, purpose }));
  const destinations = [...volenti.destinations].map(toDestinationRecord);
  return {
    madeAt: volenti.clock.now(),
    controller: { name, country, contact, privacyPolicyUrl },
    purposes,
    destinations,
    gaps: [...purposes.flatMap(gapsOfPurpose), ...gapsOfAttributes(purposes), ...gapsOfDestinations({ volenti, destinations }), ...ALWAYS_BY_HAND],
  };
}

/** Nothing in a configuration says these: a record without them is not complete. */
const ALWAYS_BY_HAND: readonly RecordGap[] = [
  { code: "noDataProtectionOfficer", subject: null },
  { code: "noSubjectCategories", subject: null },
  { code: "noSecurityMeasures", subject: null },
];

function toPurposeRecord(request: { volenti: Volenti; purpose: CataloguedPurpose }): PurposeRecord {
  const { volenti, purpose } = request;
  const { key, version, label, basis, mechanism, channels, recipients, retention = null, retentionIn = {}, validity = null } = purpose;
  const attributes = [...volenti.attributes]
    .filter(([attribute]) => matchesAnyAttribute({ patterns: purpose.attributes, attribute }))
    .map(([attribute, description]) => ({ attribute, ...description }));
  const firstVersion = volenti.catalogue.purposes.find((candidate) => candidate.key === key)?.version;
  const notices = volenti.catalogue.notices
    .filter((notice) => notice.purposes.some((name) => name === `${key}@${version}` || (name === key && firstVersion === version)))
    .map((notice) => `${notice.id}@${notice.version} (${notice.locale})`);
  return { key, version, label, basis, mechanism, channels, attributes, recipients, retention, retentionIn, validity, notices };
}

function toDestinationRecord([id, connector]: [string, ConnectorV1]): DestinationRecord {
  const { connectorId: system, region, transferMechanism = null, traits } = connector;
  const states: Record<DestinationSafeguard, boolean> = {
    everyDecisionKept: traits.historyDepth === "everyDecision",
    staleWritesRefused: traits.staleWriteGuard === "atServer",
    erasureSupported: connector.erasure !== undefined,
    holdsKept: connector.custody !== undefined,
    accessesLogged: connector.custody !== undefined,
    peopleListed: connector.population !== undefined,
  };
  const safeguards = (Object.keys(states) as DestinationSafeguard[]).filter((safeguard) => states[safeguard]);
  return { id, system, region, transferMechanism, safeguards };
}

function gapsOfPurpose({ key, retention, attributes, recipients, notices }: PurposeRecord): readonly RecordGap[] {
  return [
    ...(retention === null ? [{ code: "noRetention" as const, subject: key }] : []),
    ...(attributes.length === 0 ? [{ code: "noAttributes" as const, subject: key }] : []),
    ...(notices.length === 0 ? [{ code: "noNotice" as const, subject: key }] : []),
    ...recipients.map((recipient) => ({ code: "noRecipientCountry" as const, subject: recipient })),
  ];
}

function gapsOfAttributes(purposes: readonly PurposeRecord[]): readonly RecordGap[] {
  const undeclared = purposes.flatMap(({ attributes }) => attributes.flatMap(({ attribute, sensitivity }) => (sensitivity === "undeclared" ? [attribute] : [])));
  return [...new Set(undeclared)].map((attribute) => ({ code: "noSensitivity", subject: attribute }));
}

function gapsOfDestinations(request: { volenti: Volenti; destinations: readonly DestinationRecord[] }): readonly RecordGap[] {
  const { volenti, destinations } = request;
  const home = regionOf(volenti.controller.country);
  return destinations.flatMap(({ id, region, transferMechanism }) =>
    transferMechanism === null && regionOf(region) !== home ? [{ code: "noTransferMechanism" as const, subject: id }] : [],
  );
}

/** The European Economic Area is one region. */
function regionOf(place: string): string {
  return isEeaMember(place) ? "EU" : place;
}
