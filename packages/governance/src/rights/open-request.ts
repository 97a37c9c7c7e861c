import { ConnectorError, type ErasureLog, type Volenti } from "@volenti/core";
import { toUuid } from "@volenti/core/adapter";
import { findPerson, toHolders, type PersonInDestination } from "../support/find-person.ts";
import { placeOfLatest, readRecords, type Place } from "../support/find-place.ts";
import { readIdentifier, type PersonRequest } from "../support/person-request.ts";
import { dueOfRequest } from "./deadline/due-of-request.ts";
import { findCutOffErasure } from "./find-cut-off-erasure.ts";
import { chooseCustodian, listFromLedgers, saveInLedger, type Custodian } from "./keep/ledger-keeper.ts";
import type { KeptRequest } from "./keep/kept-request.ts";
import { toProblem, type RightsProblem } from "./rights-problem.ts";
import type { RightsKindHandled, RightsRequest, RightsVia } from "./rights-request.ts";

/** What somebody asks for. */
export interface OpeningRequest extends PersonRequest {
  readonly kind: RightsKindHandled;
  /** Who writes it down: a login or a role. */
  readonly actor: string;
  /** Default: what the decisions on record say. */
  readonly country?: string | undefined;
  /** ISO 3166-2; with `country`. */
  readonly subdivision?: string | undefined;
  /** Default `self`. */
  readonly via?: RightsVia | undefined;
  /** Epoch milliseconds; default now. */
  readonly receivedAt?: number | undefined;
  /** Of `object`, `optOut`, `limit` and `withdraw`: the only one that is meant. */
  readonly purpose?: string | undefined;
  /** Of `restrict`: ends the restriction. */
  readonly isLifted?: boolean | undefined;
}

/** How far a caller's clock may run ahead of ours. */
const TOLERATED_SKEW_IN_MS = 30_000;

/**
 * Opens a request, with its date. Looks for the person's refs and reads nothing else of them: nobody knows yet who asks.
 * `isContinued`: where the person has one of the same kind without an end, that one goes on; of an erasure that took every name
 * of theirs, as the erasure log knows it.
 */
export async function openRequest(request: {
  volenti: Volenti;
  opening: OpeningRequest;
  isContinued: boolean;
  /** Instead of the configuration's. */
  erasureLog?: ErasureLog | undefined;
}): Promise<KeptRequest | RightsProblem> {
  const { volenti, opening, erasureLog: log = volenti.erasureLog } = request;
  const problem = checkOpening({ volenti, opening });
  if (problem !== null) return problem;
  const identifier = readIdentifier({ volenti, person: opening, operation: "openRequest" });
  const places = await findPerson({ volenti, identifier });
  const cutOff = request.isContinued && opening.kind === "erase" ? await findCutOffErasure({ volenti, identifier, places, log }) : null;
  if (cutOff !== null) return cutOff;
  const { country = null, subdivision = null } = opening;
  const place = country === null ? await findPlaceOnRecord(places) : { country, subdivision };
  const custodian = chooseCustodian({ volenti, places, place });
  const standing = request.isContinued ? await findUnfinished({ custodian, places, opening }) : null;
  if (standing !== null) return { rightsRequest: standing, custodian };
  const rightsRequest = createRequest({ volenti, opening, place, places });
  return keep({ volenti, custodian, rightsRequest, mayBeLost: request.isContinued });
}

/** Looks at proofs alone, which hold no value that a person gave; a history that cannot be read is passed over. */
async function findPlaceOnRecord(places: readonly PersonInDestination[]): Promise<Place> {
  const read = toHolders(places).map((holder) => readRecords(holder).catch(() => []));
  return placeOfLatest((await Promise.all(read)).flat());
}

/** Whoever answers a request at once does so also while its ledger is down: the request is then the caller's to keep. */
async function keep(request: { volenti: Volenti; custodian: Custodian | null; rightsRequest: RightsRequest; mayBeLost: boolean }): Promise<KeptRequest> {
  const { volenti, custodian, rightsRequest, mayBeLost } = request;
  if (custodian === null) return { rightsRequest, custodian };
  try {
    await saveInLedger({ volenti, custodian, rightsRequest });
    return { rightsRequest, custodian };
  } catch (error) {
    if (mayBeLost && ConnectorError.isInstance(error)) return { rightsRequest, custodian: null };
    throw error;
  }
}

function checkOpening(request: { volenti: Volenti; opening: OpeningRequest }): RightsProblem | null {
  const { volenti, opening } = request;
  const { country, subdivision, receivedAt = 0, purpose } = opening;
  const fields: { path: string; code: string }[] = [];
  if (country !== undefined && volenti.naming.readCountry(country) !== country) fields.push({ path: "country", code: "unknownCountry" });
  if (subdivision !== undefined && (country === undefined || !subdivision.startsWith(`${country}-`))) {
    fields.push({ path: "subdivision", code: "subdivisionOfAnotherCountry" });
  }
  if (!Number.isSafeInteger(receivedAt)) fields.push({ path: "receivedAt", code: "invalidInstant" });
  else if (receivedAt > volenti.clock.now() + TOLERATED_SKEW_IN_MS) fields.push({ path: "receivedAt", code: "futureInstant" });
  if (fields.length > 0) return toProblem("invalidInput", fields);
  const isKnown = purpose === undefined || volenti.catalogue.purposes.some(({ key, current }) => current && key === purpose);
  return isKnown ? null : toProblem("unknownPurpose");
}

async function findUnfinished(request: {
  custodian: Custodian | null;
  places: readonly PersonInDestination[];
  opening: OpeningRequest;
}): Promise<RightsRequest | null> {
  const { custodian, places, opening } = request;
  const holder = places.find(({ id }) => id === custodian?.id);
  if (custodian === null || holder?.person.status !== "found") return null;
  const { kind, purpose = null, isLifted = false } = opening;
  const open = await listFromLedgers({ custodians: [custodian], subjectRef: holder.person.subjectRef, isEverything: false });
  return open.find((found) => found.kind === kind && found.purpose === purpose && found.isLifted === isLifted) ?? null;
}

function createRequest(request: {
  volenti: Volenti;
  opening: OpeningRequest;
  place: Place;
  places: readonly PersonInDestination[];
}): RightsRequest {
  const { volenti, opening, place, places } = request;
  const { kind, actor, via = "self", purpose = null, isLifted = false } = opening;
  const now = volenti.clock.now();
  const receivedAt = Math.min(opening.receivedAt ?? now, now);
  const due = dueOfRequest({ place, kind, receivedAt, pauses: [], isExtended: false, settings: volenti.rights });
  return {
    schema: "volenti-rights-request-1",
    requestId: toUuid(volenti.crypto.randomBytes(16)),
    revision: 1,
    kind,
    regime: due.regime,
    place,
    subjectRefs: refsOf(places),
    purpose,
    isLifted,
    via,
    receivedAt: new Date(receivedAt).toISOString(),
    dueAt: due.dueAt === null ? null : new Date(due.dueAt).toISOString(),
    words: due.words,
    extension: null,
    state: "open",
    reason: null,
    verification: null,
    pauses: [],
    history: [{ at: new Date(now).toISOString(), actor, state: "open", reason: null, note: null }],
    targets: [],
  };
}

/** Under which ref each destination holds the person. */
export function refsOf(places: readonly PersonInDestination[]): RightsRequest["subjectRefs"] {
  return Object.fromEntries(places.flatMap(({ id, person }) => (person.status === "found" ? [[id, person.subjectRef]] : [])));
}

