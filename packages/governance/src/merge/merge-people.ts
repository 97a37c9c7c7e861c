import { ConnectorError, type SubmissionResult, type Volenti } from "@volenti/core";
import type { CustodyFacetV1, Identifier } from "@volenti/core/adapter";
import { recordAccess } from "../access/record-access.ts";
import { checkReason, type Viewer } from "../access/viewer.ts";
import { readPerson, toPlaces, type PersonReading } from "../show/read-person.ts";
import { placeOfAddress, placeOfLatest, type Place } from "../support/find-place.ts";
import { readDecisionRecord } from "../support/read-decision-record.ts";
import { readIdentifier, type PersonRequest } from "../support/person-request.ts";
import { listRefusals } from "./list-refusals.ts";
import type { MergeReason, MergeReport } from "./merge-report.ts";
import { recordRefusals } from "./record-refusals.ts";

/** Which two records are one person, and which of them stays. */
export interface MergeRequest {
  /** The person who goes on. */
  readonly into: PersonRequest["identifier"];
  /** The person whose identifiers the other is given. */
  readonly from: PersonRequest["identifier"];
  /** ISO 3166-1 alpha-2: where they live, for refusals to take their route. Default: by their latest decision, else their address. */
  readonly country?: string | undefined;
}

interface Ledger {
  readonly id: string;
  readonly custody: CustodyFacetV1;
  readonly into: string;
  readonly from: string;
}

/**
 * Makes two people one in every ledger that holds both. First what either refuses is recorded as `revoked` for both, now and
 * everywhere; only once that arrived are they merged. Histories and suppressions stay. Idempotent: a run that was cut off
 * is run again.
 */
export async function mergePeople(request: { volenti: Volenti; merge: MergeRequest; viewer: Viewer }): Promise<MergeReport> {
  const { volenti, merge, viewer } = request;
  checkReason({ volenti, viewer, operation: "merge" });
  const [into, from] = [merge.into, merge.from].map((identifier) => readIdentifier({ volenti, person: { identifier }, operation: "merge" }));
  if (into === undefined || from === undefined) return settle({ outcome: "refused", reason: "notFound" });
  const people = [await readPerson({ volenti, identifier: into }), await readPerson({ volenti, identifier: from })] as const;
  const obstacle = people.map(obstacleIn).find((reason) => reason !== null) ?? null;
  if (obstacle !== null) return settle({ outcome: obstacle === "unreachable" ? "incomplete" : "refused", reason: obstacle });
  const ledgers = await findLedgers({ volenti, people, identifiers: [into, from] });
  if (typeof ledgers === "string") return settle({ outcome: "refused", reason: ledgers });
  for (const readings of people) {
    await recordAccess({ volenti, viewer, places: toPlaces(readings), operation: "merge", defaultReason: "samePerson", attributes: [], recipient: null });
  }
  return mergeIn({ volenti, ledgers, people, identifiers: [into, from], country: merge.country });
}

async function mergeIn(request: {
  volenti: Volenti;
  ledgers: readonly Ledger[];
  people: readonly (readonly PersonReading[])[];
  identifiers: readonly Identifier[];
  country: string | undefined;
}): Promise<MergeReport> {
  const { volenti, ledgers, people, identifiers } = request;
  const apart = ledgers.filter(({ into, from }) => into !== from);
  const names = { into: ledgers[0]?.into ?? null, from: (apart[0] ?? ledgers[0])?.from ?? null };
  if (apart.length === 0) return settle({ outcome: "merged", ...names, ledgers: ledgers.map(({ id }) => id) });
  const refusals = listRefusals({ catalogue: volenti.catalogue, people, now: volenti.clock.now() });
  let result: SubmissionResult | null = null;
  if (refusals.length > 0) {
    const country = request.country ?? placeOf(people.flat()).country;
    if (country === null) return settle({ outcome: "refused", reason: "countryUnknown", ...names });
    const recorded = await recordRefusals({ volenti, refusals, identifiers, country });
    if (recorded === "noNotice") return settle({ outcome: "refused", reason: "noNotice", ...names });
    if (recorded.outcome === "rejected") return settle({ outcome: "refused", reason: "rejected", ...names });
    result = recorded;
  }
  const delivery = { ...names, revoked: toRevoked({ result }), destinations: result?.destinations ?? [] };
  if (result !== null && result.outcome !== "delivered") return settle({ outcome: "incomplete", reason: "undelivered", ...delivery });
  return settle({ ...(await mergeSubjects({ volenti, ledgers, apart })), ...delivery });
}

/** Where both live, by what was read of them. */
function placeOf(readings: readonly PersonReading[]): Place {
  const records = readings.flatMap((reading) => (reading.status === "found" ? reading.records : []));
  const known = placeOfLatest(records.flatMap(({ decisions }) => decisions.flatMap(({ canonical }) => readDecisionRecord(canonical) ?? [])));
  return known.country === null ? placeOfAddress(records.map(({ profile }) => profile)) : known;
}

/** One ledger after the other: whoever was stopped in between goes on from there. */
async function mergeSubjects(request: {
  volenti: Volenti;
  ledgers: readonly Ledger[];
  apart: readonly Ledger[];
}): Promise<Pick<MergeReport, "outcome" | "reason" | "ledgers">> {
  const { volenti, ledgers, apart } = request;
  const done = ledgers.filter((ledger) => !apart.includes(ledger)).map(({ id }) => id);
  for (const { id, custody, into, from } of apart) {
    const mergedAt = volenti.clock.now();
    try {
      await volenti.naming.call({ destinationId: id, operation: "mergeSubjects", attempt: () => custody.mergeSubjects({ from, into, mergedAt }) });
      done.push(id);
    } catch (error) {
      const isTaken = ConnectorError.isInstance(error) && error.code === "conflict";
      return { outcome: isTaken ? "refused" : "incomplete", reason: isTaken ? "mergedElsewhere" : "unreachable", ledgers: done };
    }
  }
  return { outcome: "merged", reason: null, ledgers: done };
}

function obstacleIn(readings: readonly PersonReading[]): MergeReason | null {
  const statuses = readings.map((reading) => (reading.status === "unreachable" && reading.code === "unsupported" ? "notFound" : reading.status));
  if (statuses.includes("unreachable")) return "unreachable";
  if (statuses.includes("conflict")) return "conflict";
  if (statuses.includes("unlinked")) return "unlinked";
  return statuses.includes("found") ? null : "notFound";
}

/** The ledgers that hold both, or why they cannot be made one. */
async function findLedgers(request: {
  volenti: Volenti;
  people: readonly [readonly PersonReading[], readonly PersonReading[]];
  identifiers: readonly [Identifier, Identifier];
}): Promise<readonly Ledger[] | MergeReason> {
  const { volenti, people, identifiers } = request;
  const holders = people.map((readings) => readings.filter(({ status, connector }) => status === "found" && connector.custody !== undefined));
  const [holdsInto = [], holdsFrom = []] = holders.map((readings) => readings.map(({ id }) => id));
  if (holdsInto.length === 0 || holdsFrom.length === 0) return "unsupported";
  if (holdsInto.join() !== holdsFrom.join()) return "differentLedgers";
  const ledgers: Ledger[] = [];
  for (const id of holdsInto) {
    const custody = volenti.destinations.get(id)?.custody;
    const [into = null, from = null] = await Promise.all(identifiers.map((identifier) => volenti.findSubject({ destinationId: id, identifier })));
    // It was given both by another ledger's route, as any destination is, and has no names of its own to make one.
    if (into === null && from === null) continue;
    // What the ledger does not know it would take for somebody new: the refusals have to arrive at these very people.
    if (into === null || from === null || custody === undefined) return "unknownToLedger";
    ledgers.push({ id, custody, into, from });
  }
  return ledgers.length === 0 ? "unknownToLedger" : ledgers;
}

function toRevoked({ result }: { result: SubmissionResult | null }): MergeReport["revoked"] {
  return (result?.decisions ?? []).map(({ id, purpose, channel }) => ({ purpose, channel: channel ?? "*", decisionId: id }));
}

function settle(report: Partial<MergeReport> & Pick<MergeReport, "outcome">): MergeReport {
  return { reason: null, into: null, from: null, ledgers: [], revoked: [], destinations: [], ...report };
}
