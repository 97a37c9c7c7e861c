import type { SubmissionResult, Volenti } from "@volenti/core";
import { ANY_CHANNEL, toUuid, type Identifier } from "@volenti/core/adapter";
import { latestNotice } from "../support/latest-notice.ts";
import type { Refusal } from "./list-refusals.ts";

/** Where submissions that come of a merge were collected. */
const COLLECTION_POINT = "merge";

/**
 * Records refusals as `revoked`, now, by an ordinary submission that names both people: a refusal is for everybody whom it
 * matches, so that the copies of either hold it too.
 */
export async function recordRefusals(request: {
  volenti: Volenti;
  refusals: readonly Refusal[];
  identifiers: readonly Identifier[];
  country: string;
}): Promise<SubmissionResult | "noNotice"> {
  const { volenti, refusals, identifiers, country } = request;
  const { catalogue } = volenti;
  const decisions = refusals.flatMap(({ purpose, channel }) => {
    const notice = latestNotice({ purpose, catalogue });
    if (notice === undefined) return [];
    const { id, version, locale } = notice;
    const where = channel === ANY_CHANNEL ? {} : { channel };
    return [{ purpose, ...where, status: "revoked", notice: id, noticeVersion: version, locale, method: "merge" }];
  });
  if (decisions.length < refusals.length) return "noNotice";
  return volenti.collect({
    submissionId: toUuid(volenti.crypto.randomBytes(16)),
    collectionPoint: COLLECTION_POINT,
    occurredAt: new Date(volenti.clock.now()).toISOString(),
    country,
    subject: { identifiers: identifiers.map(({ kind, value }) => ({ kind, value })) },
    decisions,
    actor: { kind: "staff" },
  });
}
