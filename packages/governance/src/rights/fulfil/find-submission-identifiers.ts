import type { Volenti } from "@volenti/core";
import type { Identifier, IdentifierKind } from "@volenti/core/adapter";
import type { PersonInDestination } from "../../support/find-person.ts";
import { listIdentifiers } from "./list-identifiers.ts";
import type { FulfilmentRequest } from "./fulfilment.ts";

/**
 * The identifiers by which a submission reaches the very person who was found. Where a ledger names people, the one that
 * was given is enough, and of those whom others were merged into the other names that are known: a system may have the
 * person by another. Where nobody does, the first of a submission's identifiers makes the ref: one that makes another
 * ref than the person's would make a second person, so the others that the destinations hold are tried. Null where none fits.
 */
export async function findSubmissionIdentifiers(request: FulfilmentRequest): Promise<readonly Identifier[] | null> {
  const { volenti, identifier, places, rightsRequest } = request;
  const isNamedByLedger = places.some(({ id }) => volenti.naming.namedBy({ destinationId: id, country: rightsRequest.place.country }).kind === "ledger");
  if (isNamedByLedger) return [identifier, ...(await listMergedNames(request))];
  const refs = refsOf(places);
  if (await makesRef({ volenti, identifiers: [identifier], refs })) return [identifier];
  const candidates: { readonly kind: IdentifierKind; readonly value: string }[] = [identifier, ...(await listIdentifiers({ places }))];
  const arranged = volenti.naming.arrange(candidates);
  for (const [index, candidate] of arranged.entries()) {
    if (await makesRef({ volenti, identifiers: [candidate], refs })) return arranged.slice(index);
  }
  return null;
}

/** What the destinations hold that names the same person to their ledger; nothing unless somebody was merged into them. */
async function listMergedNames({ volenti, identifier, places }: FulfilmentRequest): Promise<readonly Identifier[]> {
  const ledgers = places.flatMap(({ id, connector: { custody }, person }) => (custody === undefined || person.status !== "found" ? [] : [{ id, custody, subjectRef: person.subjectRef }]));
  const merged = await Promise.all(ledgers.map(({ custody, subjectRef }) => custody.listMerged({ subjectRef })));
  if (merged.flat().length === 0) return [];
  const candidates = volenti.naming.arrange(await listIdentifiers({ places })).filter(({ kind, value }) => kind !== identifier.kind || value !== identifier.value);
  const namesSame = await Promise.all(
    candidates.map(async (candidate) => {
      const refs = await Promise.all(ledgers.map(({ id }) => volenti.findSubject({ destinationId: id, identifier: candidate })));
      const same = refs.filter((ref, index) => ref === ledgers[index]?.subjectRef).length;
      // A store that was given the person by another ledger's route knows no names, and has no say.
      return same > 0 && same === refs.filter((ref) => ref !== null).length;
    }),
  );
  return candidates.filter((_, index) => namesSame[index] === true);
}

function refsOf(places: readonly PersonInDestination[]): ReadonlySet<string> {
  return new Set(places.flatMap(({ person }) => (person.status === "found" ? [person.subjectRef] : [])));
}

async function makesRef(request: { volenti: Volenti; identifiers: readonly Identifier[]; refs: ReadonlySet<string> }): Promise<boolean> {
  const { volenti, identifiers, refs } = request;
  const [ref] = await volenti.naming.refsWithoutLedger([identifiers]);
  return ref !== undefined && refs.has(ref);
}
