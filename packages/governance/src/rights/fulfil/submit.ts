import type { SubmissionResult, Volenti } from "@volenti/core";
import { canonicalise, toUtf8, toUuid, type Identifier } from "@volenti/core/adapter";
import type { PersonInDestination } from "../../support/find-person.ts";
import type { RightsOutcome, RightsRequest, RightsTarget } from "../rights-request.ts";
import { targetOfAbsent, targetOfDelivery, toTarget } from "./to-target.ts";

/** Where submissions that come of requests were collected. */
const COLLECTION_POINT = "rights-request";

const ACTORS = { self: "subject", agent: "agent", store: "staff", protocol: "agent" } as const;

/**
 * Delivers what a person decided or corrected by a request as a submission: evidence, receipts, guards and delivery are
 * those of every submission. It counts from the receipt of the request: what the person gave since stands. Its id is a
 * keyed digest of request, names and content, so that another run of the same request is the same submission, one under another
 * name of the person is no forged one, and nobody can tell a value from the id.
 */
export async function submit(request: {
  volenti: Volenti;
  rightsRequest: RightsRequest;
  identifiers: readonly Identifier[];
  content: { readonly profile: Readonly<Record<string, unknown>> } | { readonly decisions: readonly Readonly<Record<string, string>>[] };
}): Promise<SubmissionResult> {
  const { volenti, rightsRequest, identifiers, content } = request;
  const { requestId, receivedAt, place, via } = rightsRequest;
  const named = identifiers.map(({ kind, value }) => ({ kind, value }));
  const message = toUtf8(canonicalise(["volenti-rights-1", volenti.controller.id, requestId, named, content]));
  const { macs } = await volenti.keyring.mac({ use: "submission", messages: [message] });
  return volenti.collect({
    submissionId: toUuid((macs[0] ?? new Uint8Array(0)).subarray(0, 16)),
    collectionPoint: COLLECTION_POINT,
    occurredAt: receivedAt,
    receivedAt,
    country: place.country,
    ...(place.subdivision === null ? {} : { subdivision: place.subdivision }),
    subject: { identifiers: named },
    ...content,
    actor: { kind: ACTORS[via] },
  });
}

/** What became of a delivery, a row a destination; who holds the person and was not written to is a human's work. */
export function targetsOfResult(request: {
  places: readonly PersonInDestination[];
  result: SubmissionResult;
  outcome: RightsOutcome;
}): readonly RightsTarget[] {
  const { places, result, outcome } = request;
  const written = new Map(result.destinations.map((destination) => [destination.id, destination]));
  return places.map((place) => {
    const destination = written.get(place.id);
    if (destination !== undefined) return targetOfDelivery({ result: destination, outcome });
    if (place.person.status !== "found") return targetOfAbsent(place);
    return toTarget({ system: place.id, state: "needsHuman", outcome: "unsupported", reason: "notRouted" });
  });
}
