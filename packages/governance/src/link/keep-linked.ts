import type { ConnectorV1, LinkOutcomeV1, RecordIdV1 } from "@volenti/core/adapter";
import type { LinkingRun, NamedCustomer } from "./linking-run.ts";

/**
 * Has the ledgers keep the records that a system names of those who carry their refs by now, so that the next write need not
 * search for them. It is a hint: one that is lost costs that write a search, and the run is told nothing of it.
 */
export async function keepLinked(request: {
  run: LinkingRun;
  named: readonly NamedCustomer[];
  outcomes: ReadonlyMap<string, LinkOutcomeV1>;
}): Promise<void> {
  const { run: { volenti, request: { destinationId, signal } }, named, outcomes } = request;
  const told = named.flatMap(({ customer: { customer, namedBy }, ref }): readonly (RecordIdV1 & { ledgerId: string })[] => {
    const outcome = outcomes.get(customer.customerId);
    if (namedBy.kind !== "ledger" || (outcome?.status !== "linked" && outcome?.status !== "unchanged") || outcome.recordId === undefined) return [];
    return [{ subjectRef: ref, recordId: outcome.recordId, ledgerId: namedBy.ledgerId }];
  });
  for (const [ledgerId, ofLedger] of Map.groupBy(told, (each) => each.ledgerId)) {
    const recordIds = ofLedger.map(({ subjectRef, recordId }): RecordIdV1 => ({ subjectRef, recordId }));
    const attempt = async ({ recordIds: facet }: ConnectorV1): Promise<void> => facet?.keep({ destinationId, recordIds, signal });
    await volenti.naming.call({ destinationId: ledgerId, operation: "recordIds", attempt, signal }).catch(() => undefined);
  }
}
