import { erasePerson } from "../../erase/erase-person.ts";
import type { DestinationErasure } from "../../erase/erasure-report.ts";
import type { RightsTarget } from "../rights-request.ts";
import type { Fulfilment, FulfilmentRequest } from "./fulfilment.ts";
import { toTarget } from "./to-target.ts";

/** Erases the person everywhere; what was given before the request was received stays erased. */
export async function erase(request: FulfilmentRequest): Promise<Fulfilment> {
  const { volenti, identifier, rightsRequest } = request;
  const report = await erasePerson({ volenti, erasure: { identifier, requestedAt: Date.parse(rightsRequest.receivedAt) } });
  return { targets: report.destinations.map(toErasureTarget) };
}

/** What is kept of a person is told; the proof of what they once decided names nobody any more. */
export function toErasureTarget(erasure: DestinationErasure): RightsTarget {
  const { id: system, status, records } = erasure;
  const code = erasure.code ?? null;
  const kept = records.find(({ outcome, reason }) => outcome === "kept" && reason !== "proofWithoutIdentity");
  const why = { reason: kept?.reason ?? null, until: kept?.until ?? null, attributes: kept?.attributes ?? [] };
  switch (status) {
    case "erased":
      return kept === undefined
        ? toTarget({ system, state: "done", outcome: "erased" })
        : toTarget({ system, state: "done", outcome: "kept", ...why });
    case "masked":
    case "kept":
      return toTarget({ system, state: "done", outcome: status, ...why });
    case "notFound":
      return toTarget({ system, state: "done", outcome: "notHeld" });
    case "conflict":
      return toTarget({ system, state: "needsHuman", outcome: "conflict" });
    case "unsupported":
      return toTarget({ system, state: "needsHuman", outcome: "unsupported", reason: code });
    default:
      return toTarget({ system, state: "waiting", outcome: "unreachable", reason: code });
  }
}
