import { ConnectorError, type Volenti } from "@volenti/core";
import { foldConsentStates, type ConnectorV1, type ConsentState } from "@volenti/core/adapter";
import { failureCode } from "../support/failure-code.ts";
import { readStatesOf } from "../support/read-states-of.ts";
import type { ReconsentTally } from "./reconsent-tally.ts";

/** What else is known of somebody who would be asked again. */
export interface Spared {
  readonly isRestricted: boolean;
  /** What stands in all other destinations, by consent key. */
  readonly elsewhere: ReadonlyMap<string, ConsentState>;
}

/**
 * Asks every other destination what stands there for people who would be asked again, and every one that keeps custody whether
 * their data rests. Null where one of them could not be asked: nobody knows then, and nobody is asked. Answers in order.
 */
export async function sparePeople(request: {
  volenti: Volenti;
  tally: ReconsentTally;
  sourceId: string;
  /** The refs of each. */
  people: readonly (readonly string[])[];
  signal: AbortSignal | undefined;
}): Promise<readonly (Spared | null)[]> {
  const { volenti, sourceId, people } = request;
  const subjectRefs = people.flat();
  const ids = [...volenti.destinations.keys()];
  const [states, restrictions] = await Promise.all([
    Promise.all(ids.filter((id) => id !== sourceId).map((destinationId) => orNull({ ...request, destinationId, read: () => readStatesOf({ ...request, subjectRefs, destinationId }) }))),
    Promise.all(ids.map((destinationId) => orNull({ ...request, destinationId, read: () => readRestrictions({ ...request, subjectRefs, destinationId }) }))),
  ]);
  if (states.includes(null) || restrictions.includes(null)) return people.map(() => null);
  return people.map((refs) => ({
    isRestricted: restrictions.some((restricted) => refs.some((ref) => restricted?.has(ref) === true)),
    elsewhere: foldConsentStates(states.flatMap((held) => refs.flatMap((ref) => held?.get(ref) ?? []))),
  }));
}

async function orNull<Answer>(request: {
  tally: ReconsentTally;
  destinationId: string;
  signal: AbortSignal | undefined;
  read: () => Promise<Answer>;
}): Promise<Answer | null> {
  const { tally, destinationId, signal, read } = request;
  try {
    return await read();
  } catch (error) {
    if (signal?.aborted === true || !ConnectorError.isInstance(error)) throw error;
    tally.fail({ destinationId, code: failureCode(error) });
    return null;
  }
}

async function readRestrictions(request: {
  volenti: Volenti;
  destinationId: string;
  subjectRefs: readonly string[];
  signal: AbortSignal | undefined;
}): Promise<ReadonlySet<string>> {
  const { volenti, destinationId, subjectRefs, signal } = request;
  if (volenti.destinations.get(destinationId)?.custody === undefined) return new Set();
  const restricted = await Promise.all(
    subjectRefs.map(async (subjectRef) => {
      const attempt = async ({ custody }: ConnectorV1): Promise<boolean> => (await custody?.getRestriction({ subjectRef })) != null;
      return volenti.naming.call({ destinationId, operation: "reconsent", attempt, signal });
    }),
  );
  return new Set(subjectRefs.filter((_, index) => restricted[index] === true));
}
