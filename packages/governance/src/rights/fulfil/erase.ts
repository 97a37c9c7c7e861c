import { erasePerson } from "../../erase/erase-person.ts";
import { eraseKnownPerson } from "../../erase/erase-known-person.ts";
import type { DestinationErasure, ErasureReport } from "../../erase/erasure-report.ts";
import type { RightsTarget } from "../rights-request.ts";
import type { Fulfilment, FulfilmentRequest } from "./fulfilment.ts";
import { toTarget } from "./to-target.ts";

/**
 * Erases the person everywhere, as far as no hold stands; what was given before the request was received stays erased. Where
 * all is held, the claim is not covered: until the hold ends, a new request is of no use.
 */
export async function erase(request: FulfilmentRequest): Promise<Fulfilment> {
  const { volenti, identifier, rightsRequest, erasureLog } = request;
  const requestedAt = Date.parse(rightsRequest.receivedAt);
  const erasure = await erasePerson({ volenti, erasure: { identifier, requestedAt, ...(erasureLog === undefined ? {} : { log: erasureLog }) } });
  const fulfilment = { ...toErasureFulfilment(erasure), erasure };
  // Whoever was found when this began, and is found no more, was erased by it.
  const isNobody = Object.keys(rightsRequest.subjectRefs).length === 0 && fulfilment.targets.every(({ outcome }) => outcome === "notHeld");
  return isNobody ? { ...fulfilment, denied: "no_match" } : fulfilment;
}

/**
 * The same by the refs that the request has on record, for a person whom no identifier names any more: an earlier run may have
 * taken their names, or everything, and have ended before that was written down.
 */
export async function eraseRecorded(request: Pick<FulfilmentRequest, "volenti" | "rightsRequest" | "erasureLog">): Promise<Fulfilment> {
  const { volenti, rightsRequest, erasureLog: log } = request;
  const { subjectRefs, receivedAt } = rightsRequest;
  const erasure = await eraseKnownPerson({ volenti, subjectRefs, requestedAt: Date.parse(receivedAt), log });
  const gone = Object.keys(subjectRefs).filter((id) => !volenti.destinations.has(id));
  const { targets, ...rest } = toErasureFulfilment(erasure);
  const unknown = gone.map((system): RightsTarget => toTarget({ system, state: "needsHuman", outcome: "unsupported", reason: "unknownDestination" }));
  return { ...rest, targets: [...targets, ...unknown], erasure };
}

/** What an erasure did, as a request keeps it. */
function toErasureFulfilment({ destinations, withdrawal }: ErasureReport): Fulfilment {
  // Consents that a held person no longer gives are refused everywhere; while that is not delivered, the erasure goes on.
  const isUndelivered = withdrawal?.outcome === "undelivered";
  const targets = destinations.map(toErasureTarget).map((target): RightsTarget =>
    isUndelivered && target.law !== null ? { ...target, state: "waiting", reason: "withdrawalUndelivered" } : target,
  );
  const isAllHeld = targets.some(({ law }) => law !== null) && targets.every(({ state, outcome }) => state === "done" && (outcome === "kept" || outcome === "notHeld"));
  return isAllHeld ? { targets, denied: "claim_not_covered" } : { targets };
}

function toErasureTarget(erasure: DestinationErasure): RightsTarget {
  const { id: system, status } = erasure;
  const code = erasure.code ?? null;
  switch (status) {
    case "erased":
    case "masked":
    case "kept":
    case "newerStands":
      return toTarget({ system, state: "done", ...describeRecords(erasure) });
    case "notFound":
      return toTarget({ system, state: "done", outcome: "notHeld" });
    case "conflict":
    case "unlinked":
      return toTarget({ system, state: "needsHuman", outcome: status });
    case "unsupported":
      return toTarget({ system, state: "needsHuman", outcome: "unsupported", reason: code });
    default:
      return toTarget({ system, state: "waiting", outcome: "unreachable", reason: code });
  }
}

/** The proof of what somebody once decided names nobody any more: that it stays is no keeping of theirs. */
function describeRecords({ status, records }: DestinationErasure): Pick<RightsTarget, "outcome"> & Partial<RightsTarget> {
  const left = records.filter(({ outcome, reason }) => (outcome === "kept" || outcome === "masked") && reason !== "proofWithoutIdentity");
  const [first] = left.toSorted((one, other) => Number(other.law !== undefined) - Number(one.law !== undefined));
  if (status !== "kept" && first === undefined) return { outcome: "erased" };
  const isMasked = status !== "kept" && (status === "masked" || left.some(({ outcome }) => outcome === "masked"));
  const { reason = null, law = null, until = null, attributes = [] } = first ?? {};
  return { outcome: isMasked ? "masked" : "kept", reason, law, until, attributes };
}
