import type { ConnectorV1, Identifier, LedgerAnswerV1, LedgerFacetV1, LedgerQueryV1 } from "@volenti/core/adapter";
import { ensureEqual, ensurePresent } from "../assertions/ensure.ts";
import { CURRENT_SUBMISSION } from "../world/current-submission.ts";
import { deepFreeze } from "../world/deep-freeze.ts";
import { randomMark, randomRef } from "../world/random.ts";
import { freshSubmission } from "../world/to-item.ts";

export function ledgerOf(connector: ConnectorV1): LedgerFacetV1 {
  return ensurePresent({ value: connector.ledger, what: "the facet ledger" });
}

export function toQuery(request: Partial<LedgerQueryV1> & Pick<LedgerQueryV1, "identifiers">): LedgerQueryV1 {
  return deepFreeze({
    proposedRef: randomRef(),
    submission: freshSubmission(),
    decisionIds: [],
    country: "FR",
    test: false,
    ...CURRENT_SUBMISSION,
    ...request,
  });
}

/** Asks one question; fails the case unless one answer comes. */
export async function consultOne(request: {
  connector: ConnectorV1;
  query: Partial<LedgerQueryV1> & Pick<LedgerQueryV1, "identifiers">;
}): Promise<LedgerAnswerV1 & { proposedRef: string }> {
  const query = toQuery(request.query);
  const answers = await ledgerOf(request.connector).consult({ queries: [query] });
  ensureEqual({ actual: answers.length, expected: 1, what: "the number of answers" });
  return { ...ensurePresent({ value: answers[0], what: "the answer" }), proposedRef: query.proposedRef };
}

/** An identifier that no case has used. */
export function freshIdentifier(kind: "email" | "phone" | "loyaltyId" | "externalId"): Identifier {
  const mark = randomMark();
  if (kind === "email") return { kind, value: `ledger-${mark}@example.com` };
  if (kind === "phone") return { kind, value: `+999${Number.parseInt(mark, 16).toString().padStart(11, "0").slice(-11)}` };
  return { kind, value: `${kind}-${mark}` };
}
