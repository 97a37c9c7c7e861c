import { ConnectorError, type Volenti } from "@volenti/core";
import type { ListedPersonV1 } from "@volenti/core/adapter";
import { listedBy, listPeople, type ListedBy } from "../support/list-people.ts";
import type { AffectedPerson, BreachLimit, BreachPack, BreachRequest } from "./breach-pack.ts";
import { createBreachTally, type BreachTally } from "./breach-tally.ts";

/**
 * Whom a destination held in the window, and what the law asks for. Whoever is held now was held in the window, unless they
 * came after it; whoever a ledger erased since the breach began was held in it too.
 */
export async function assembleBreachPack(given: { volenti: Volenti; request: BreachRequest }): Promise<BreachPack> {
  const { volenti, request } = given;
  const { destinationId, since, signal } = request;
  const now = volenti.clock.now();
  const { until = now, discoveredAt = now } = request;
  const connector = volenti.destinations.get(destinationId);
  if (connector === undefined) {
    throw new ConnectorError({ code: "invalidInput", connectorId: "governance", operation: "breach", fieldNames: ["destinationId"] });
  }
  const by = listedBy({ volenti, destinationId });
  const tally = createBreachTally(volenti);
  for await (const person of listPeople({ volenti, destinationId, signal })) {
    const affected = person.test ? null : toAffected({ person, until });
    if (affected !== null) await tell({ tally, request, affected });
  }
  const erasedSince = await countErased({ volenti, request, by, tally });
  const counts = tally.read(discoveredAt);
  return {
    destinationId,
    region: connector.region,
    since,
    until,
    discoveredAt,
    listedBy: "ledgerIds" in by ? by.ledgerIds : "itself",
    erasedSince,
    ...counts,
    limits: limitsOf({ by, erasedSince, counts }),
  };
}

async function tell(given: { tally: BreachTally; request: BreachRequest; affected: AffectedPerson }): Promise<void> {
  const { tally, request, affected } = given;
  tally.add(affected);
  await request.onPerson?.(affected);
}

/** Null for somebody who came after the window. */
function toAffected(request: { person: ListedPersonV1; until: number }): AffectedPerson | null {
  const { until } = request;
  const { subjectRef, country, ageBand, heldSince, attributes } = request.person;
  if (heldSince !== null && heldSince > until) return null;
  return { subjectRef, status: "held", country, ageBand, heldSince, attributes: Object.keys(attributes).toSorted() };
}

/** The erasures that the ledgers of the destination remember since the breach began; null where none keeps them. */
async function countErased(given: {
  volenti: Volenti;
  request: BreachRequest;
  by: ListedBy;
  tally: BreachTally;
}): Promise<number | null> {
  const { volenti, request, by, tally } = given;
  const ids = "ledgerIds" in by ? by.ledgerIds : [request.destinationId];
  const keepers = ids.flatMap((id) => volenti.destinations.get(id)?.custody ?? []);
  if (keepers.length === 0) return null;
  let erased = 0;
  for (const custody of keepers) {
    for await (const { subjectRef, erasedAt } of custody.listErasures()) {
      if (erasedAt < request.since) continue;
      erased += 1;
      const affected = { subjectRef, status: "erasedSince", country: null, ageBand: "unknown", heldSince: null, attributes: [] } as const;
      await tell({ tally, request, affected });
    }
  }
  return erased;
}

function limitsOf(given: { by: ListedBy; erasedSince: number | null; counts: Pick<BreachPack, "jurisdictions"> }): readonly BreachLimit[] {
  const { by, erasedSince, counts } = given;
  const isByLedger = "ledgerIds" in by;
  const found: Record<BreachLimit, boolean> = {
    changesNotKnown: true,
    readsNotKnown: true,
    erasedNotKnown: erasedSince === null,
    erasedPlacesNotKnown: isByLedger && erasedSince !== null && erasedSince > 0,
    attributesByLedger: isByLedger,
    partlyListed: by.kind === "partlyByLedger",
    subdivisionNotKnown: counts.jurisdictions.some(({ duties }) => duties.some(({ place }) => place.includes("-"))),
    countryNotKnown: counts.jurisdictions.some(({ country }) => country === null),
  };
  return (Object.keys(found) as BreachLimit[]).filter((limit) => found[limit]);
}
