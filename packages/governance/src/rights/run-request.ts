import { ConnectorError, type ErasureLog, type Volenti } from "@volenti/core";
import type { Identifier } from "@volenti/core/adapter";
import { findPerson, toHolders, type PersonInDestination } from "../support/find-person.ts";
import { NOWHERE, placeOfAddress, readProfiles, type Place } from "../support/find-place.ts";
import { readIdentifier, type PersonRequest } from "../support/person-request.ts";
import { changeRequest } from "./change-request.ts";
import { dueOfRequest } from "./deadline/due-of-request.ts";
import { eraseRecorded } from "./fulfil/erase.ts";
import { fulfil } from "./fulfil/fulfil.ts";
import type { Fulfilment } from "./fulfil/fulfilment.ts";
import { mergeTargets, targetOfAbsent } from "./fulfil/to-target.ts";
import { changeKept, type KeptRequest } from "./keep/kept-request.ts";
import { refsOf } from "./open-request.ts";
import { recoverIdentifier } from "./recover-identifier.ts";
import { refuseSeveralPeople } from "./refuse-several-people.ts";
import { refuseStranger } from "./refuse-stranger.ts";
import { toAnswer, type RightsAnswer } from "./rights-answer.ts";
import { toProblem, type RightsProblem, type RightsProblemCode } from "./rights-problem.ts";
import { isEnded, type RightsReason, type RightsRequest, type RightsState, type RightsTarget } from "./rights-request.ts";
import { verifyIdentity } from "./verify-identity.ts";

/** Who answers a request, and what is in flight for it. */
export interface RunningRequest {
  /** In the brand's names; goes into the request's history and the record of accesses. */
  readonly actor: string;
  /** Names the person; may be left out where a destination holds an identifier to go on with, once it is known who asks. */
  readonly identifier?: PersonRequest["identifier"] | undefined;
  /** Of `rectify`: a profile patch as submissions hold it. */
  readonly profile?: Readonly<Record<string, unknown>> | undefined;
  /** Of `erase`: where it is written down; default the configuration's. */
  readonly erasureLog?: ErasureLog | undefined;
  /**
   * Of `access` and `portability`: takes what is released, before the request is called answered. Where it rejects, the request
   * stays open and `run` rejects with the same: nobody is told that something was handed over which was not.
   */
  readonly handOver?: ((released: Pick<RightsAnswer, "report" | "exported">) => Promise<void>) | undefined;
}

interface Run extends RunningRequest {
  readonly volenti: Volenti;
  readonly kept: KeptRequest;
}

/**
 * Answers a request: identity first, then the person, then the destinations. Safe to run again: what is done is not done
 * twice, and what was not reached is.
 */
export async function runRequest(request: Run): Promise<RightsAnswer> {
  const { volenti, kept } = request;
  const { rightsRequest } = kept;
  if (isEnded(rightsRequest)) return answer({ kept, problem: toProblem("ended") });
  if (rightsRequest.state === "paused") return answer({ kept, problem: toProblem("paused") });
  const identifier = await identify(request);
  if (identifier === null) return runWithoutName(request);
  const places = await findPerson({ volenti, identifier });
  // Before anybody is verified: who proves to be somebody else proves nothing about this request.
  const stranger = await refuseStranger({ volenti, rightsRequest, places });
  if (stranger !== null) return conclude({ ...request, fulfilment: stranger });
  const verified = await verify({ ...request, identifier });
  if (verified.problem !== null) return answer(verified);
  const refusal = refuse({ rightsRequest: verified.kept.rightsRequest, places });
  if (refusal !== null) return conclude({ ...request, kept: verified.kept, fulfilment: refusal });
  const located = await locate({ ...request, kept: verified.kept, places });
  if (located.problem !== null) return answer(located);
  const fulfilment = await fulfil({ volenti, rightsRequest: located.kept.rightsRequest, identifier, actor: request.actor, places, profile: request.profile, erasureLog: request.erasureLog });
  const { report = null, exported = null } = fulfilment;
  if (report !== null || exported !== null) await request.handOver?.({ report, exported });
  return conclude({ ...request, kept: located.kept, fulfilment });
}

function answer(request: { kept: KeptRequest; problem: RightsProblem | null }): RightsAnswer {
  const { kept, problem } = request;
  return toAnswer({ request: kept.rightsRequest, keptIn: kept.custodian?.id ?? null, problem });
}

async function identify({ volenti, kept, identifier }: Run): Promise<Identifier | null> {
  if (identifier !== undefined) return readIdentifier({ volenti, person: { identifier }, operation: "runRequest" });
  return kept.rightsRequest.verification === null ? null : recoverIdentifier({ volenti, rightsRequest: kept.rightsRequest });
}

/** An erasure is of whom the request has on record, under whatever names they are held, or are held no more. */
async function runWithoutName(request: Run): Promise<RightsAnswer> {
  const { volenti, kept, erasureLog } = request;
  const { rightsRequest } = kept;
  const { kind, verification, subjectRefs } = rightsRequest;
  const mayGoOn = kind === "erase" && verification !== null && Object.keys(subjectRefs).length > 0;
  if (!mayGoOn) return answer({ kept, problem: toProblem("personRequired") });
  return conclude({ ...request, fulfilment: await eraseRecorded({ volenti, rightsRequest, erasureLog }) });
}

type Step = { readonly kept: KeptRequest; readonly problem: RightsProblem | null };

async function verify(request: Run & { identifier: Identifier }): Promise<Step> {
  const { volenti, kept, actor } = request;
  if (kept.rightsRequest.verification !== null) return { kept, problem: null };
  const method = await verifyIdentity({ volenti, rightsRequest: kept.rightsRequest, identifier: request.identifier });
  const now = volenti.clock.now();
  const changes = method === null
    ? ({ state: "in_progress", reason: "need_user_verification" } as const)
    : ({ state: "in_progress", reason: null, verification: { method, actor, at: new Date(now).toISOString() } } as const);
  const step = await changeKept({
    volenti,
    kept,
    change: (rightsRequest) => changeUnlessEnded({ rightsRequest, changes, actor, now }),
  });
  return method === null && step.problem === null ? { ...step, problem: toProblem("unverified") } : step;
}

/** Why nothing may be read or changed although it is known who asks; null where there is no reason. */
function refuse(request: { rightsRequest: RightsRequest; places: readonly PersonInDestination[] }): Fulfilment | null {
  const { rightsRequest, places } = request;
  const several = refuseSeveralPeople(places);
  if (several !== null) return several;
  const targets = places.map(targetOfAbsent);
  if (Object.keys(refsOf(places)).length > 0) return null;
  // An erasure of somebody who is not found is written down all the same: a backup may hold them.
  if (rightsRequest.kind === "erase") return null;
  return targets.some(({ state }) => state !== "done") ? { targets } : { targets, denied: "no_match" };
}

async function findPlaceOfAddress(places: readonly PersonInDestination[]): Promise<Place> {
  const read = toHolders(places).map(readProfiles);
  return Promise.all(read).then((profiles) => placeOfAddress(profiles.flat()), () => NOWHERE);
}

/** Brings place, refs and date up to what is known now that profiles may be read. */
async function locate(request: Run & { places: readonly PersonInDestination[] }): Promise<Step> {
  const { volenti, kept, actor, places } = request;
  const known = kept.rightsRequest.place;
  const place = known.country === null ? await findPlaceOfAddress(places) : known;
  const now = volenti.clock.now();
  return changeKept({
    volenti,
    kept,
    change: (rightsRequest) => {
      const { kind, receivedAt, pauses, extension } = rightsRequest;
      const subjectRefs = { ...rightsRequest.subjectRefs, ...refsOf(places) };
      const isNews = place !== known || Object.keys(subjectRefs).length > Object.keys(rightsRequest.subjectRefs).length;
      if (!isNews) return rightsRequest;
      const due = dueOfRequest({ place, kind, receivedAt: Date.parse(receivedAt), pauses, isExtended: extension !== null, settings: volenti.rights });
      const dueAt = due.dueAt === null ? null : new Date(due.dueAt).toISOString();
      return changeUnlessEnded({ rightsRequest, changes: { place, subjectRefs, regime: due.regime, words: due.words, dueAt }, actor, now });
    },
  });
}

async function conclude(request: Run & { fulfilment: Fulfilment }): Promise<RightsAnswer> {
  const { volenti, kept, actor, fulfilment } = request;
  const now = volenti.clock.now();
  const change = (rightsRequest: RightsRequest): RightsRequest | RightsProblemCode => {
    const targets = mergeTargets({ before: rightsRequest.targets, after: fulfilment.targets });
    return changeUnlessEnded({ rightsRequest, changes: { targets, ...outcomeOf({ fulfilment, targets, isVerified: rightsRequest.verification !== null }) }, actor, now });
  };
  const step = await changeKept({ volenti, kept, change }).catch((error: unknown): Step => {
    if (!ConnectorError.isInstance(error)) throw error;
    const changed = change(kept.rightsRequest);
    return { kept: typeof changed === "string" ? kept : { ...kept, rightsRequest: changed }, problem: toProblem("notKept") };
  });
  const { report = null, exported = null, erasure = null, result = null, problem = null } = fulfilment;
  return { ...answer(step), problem: problem ?? step.problem, report, exported, erasure, result };
}

function outcomeOf(request: { fulfilment: Fulfilment; targets: readonly RightsTarget[]; isVerified: boolean }): { state: RightsState; reason: RightsReason | null } {
  const { fulfilment, targets, isVerified } = request;
  if (fulfilment.denied !== undefined) return { state: "denied", reason: fulfilment.denied };
  if (fulfilment.problem?.code === "severalPeople") return { state: "in_progress", reason: "need_user_verification" };
  if (fulfilment.problem !== undefined) return { state: "in_progress", reason: isVerified ? null : "need_user_verification" };
  return { state: targets.every(({ state }) => state === "done") ? "fulfilled" : "in_progress", reason: null };
}

/** Somebody else may have ended it meanwhile. */
function changeUnlessEnded(request: Parameters<typeof changeRequest>[0]): RightsRequest | RightsProblemCode {
  return isEnded(request.rightsRequest) ? "ended" : changeRequest(request);
}
