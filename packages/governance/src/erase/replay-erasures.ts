import { ConnectorError, type ErasureLog, type ErasureLogErasure, type ErasureLogPlace, type Volenti } from "@volenti/core";
import { isGrant, type ConnectorV1 } from "@volenti/core/adapter";
import { failureCode } from "../support/failure-code.ts";
import { describeErasure, describeAnswer, isDone } from "./to-erasure-report.ts";
import type { DestinationErasure, ErasureRecord } from "./erasure-report.ts";
import { maskPerson } from "./mask-person.ts";
import type { ReplayedErasure } from "./replay-report.ts";

/**
 * Does every erasure of the log again, for stores that were restored to a time before it: by ref in every destination, and
 * by keyed digest in ledgers, for people and identifiers that came after the backup. In the order of the log; streams;
 * idempotent. Holds are not asked: what they kept then is in the log. Rejects only where the log cannot be read.
 */
export async function* replayErasures(request: {
  volenti: Volenti;
  log: ErasureLog;
}): AsyncGenerator<ReplayedErasure, void, undefined> {
  const { volenti, log } = request;
  let position = 0;
  for await (const entry of log.read()) {
    if (entry.kind !== "erasure") continue;
    position += 1;
    const destinations: DestinationErasure[] = [];
    for (const place of entry.places) destinations.push(await replayIn({ volenti, entry, place }));
    const outcome = destinations.every((done) => isDone(done) && done.status !== "kept") ? "complete" : "incomplete";
    const { entryId, requestedAt } = entry;
    yield { position, entryId, requestedAt, outcome, destinations };
  }
}

interface PlaceReplay {
  readonly volenti: Volenti;
  readonly entry: ErasureLogErasure;
  readonly place: ErasureLogPlace;
}

async function replayIn(request: PlaceReplay): Promise<DestinationErasure> {
  const { destinationId: id } = request.place;
  const connector = request.volenti.destinations.get(id);
  if (connector === undefined) return { id, region: "", status: "failed", code: "unknownDestination", records: [] };
  try {
    return await eraseAgain({ ...request, connector });
  } catch (error) {
    return describeErasure({ id, connector, status: "failed", code: failureCode(error) });
  }
}

async function eraseAgain(request: PlaceReplay & { connector: ConnectorV1 }): Promise<DestinationErasure> {
  const { entry, place, connector } = request;
  const { destinationId: id, suppressions } = place;
  const done = entry.kept.length > 0 ? await maskAgain(request) : await eraseRefsAgain(request);
  if (suppressions.length > 0) {
    if (connector.custody === undefined) return describeErasure({ id, connector, status: "failed", code: "unsupported" });
    await connector.custody.suppress({ suppressions, since: Date.parse(entry.requestedAt) });
  }
  return done;
}

async function eraseRefsAgain(request: PlaceReplay & { connector: ConnectorV1 }): Promise<DestinationErasure> {
  const { entry, place, connector } = request;
  const { destinationId: id, subjectRefs, derivedRefs } = place;
  const requestedAt = Date.parse(entry.requestedAt);
  if (connector.erasure === undefined) return describeErasure({ id, connector, status: "unsupported" });
  // Whoever signs up again is given a random ref anew, and a derived one again: then it is the newer person's as well.
  if (derivedRefs && (await hasReturned({ connector, subjectRefs, erasedAt: Date.parse(entry.loggedAt) }))) {
    return { ...(await maskAgain(request)), status: "newerStands" };
  }
  const answers = [];
  for (const subjectRef of subjectRefs) answers.push(await connector.erasure.erase({ subjectRef, reason: entry.reason, requestedAt }));
  return describeAnswer({ id, connector, records: answers.flat() });
}

async function maskAgain({ volenti, entry, place, connector }: PlaceReplay & { connector: ConnectorV1 }): Promise<DestinationErasure> {
  const { destinationId: id, subjectRefs } = place;
  const mask = { keep: entry.kept, until: Date.parse(entry.loggedAt), country: null };
  const records: ErasureRecord[] = [];
  for (const subjectRef of subjectRefs) {
    const { masked } = await maskPerson({ volenti, connector, subjectRef, mask });
    if (masked > 0) records.push({ kind: "profile", outcome: "masked", count: masked });
  }
  return describeErasure({ id, connector, status: records.length === 0 ? "notFound" : "masked", records });
}

/** Whether the person gave anything since they were erased: a grant or an attribute. A refusal is no sign-up. */
async function hasReturned(request: {
  connector: ConnectorV1;
  subjectRefs: readonly string[];
  erasedAt: number;
}): Promise<boolean> {
  const { connector, subjectRefs, erasedAt } = request;
  for (const subjectRef of subjectRefs) {
    const profile = await connector.profiles.get({ subjectRef });
    if (Object.values(profile?.attributes ?? {}).some(({ changedAt }) => changedAt > erasedAt)) return true;
    const states = await connector.consent.listStates({ subjectRef });
    if (states.some(({ status, effectiveAt }) => isGrant(status) && effectiveAt > erasedAt)) return true;
  }
  return false;
}

/** The log that a caller names, else the configuration's. Throws `invalidConfiguration` where there is neither. */
export function requireErasureLog(request: { volenti: Volenti; log: ErasureLog | undefined }): ErasureLog {
  const log = request.log ?? request.volenti.erasureLog;
  if (log !== null) return log;
  throw new ConnectorError({ code: "invalidConfiguration", connectorId: "governance", operation: "replayErasures", fieldNames: ["erasureLog"] });
}
