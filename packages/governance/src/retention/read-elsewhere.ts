import { foldConsentStates, type ConnectorV1, type ConsentState, type ListedPersonV1 } from "@volenti/core/adapter";
import { failureCode } from "../support/failure-code.ts";
import { readStatesOf } from "../support/read-states-of.ts";
import { refsOf } from "../support/refs-of.ts";
import type { RetentionSource } from "./find-sources.ts";
import type { RetentionRun } from "./retention-run.ts";

/** A person with what stands for them in every destination, and who else holds them. */
export interface PersonEverywhere {
  /** The states are the greatest of all destinations: a yes that only one of them knows still counts. */
  readonly person: ListedPersonV1;
  /** Ids of the other destinations that hold the person. */
  readonly holders: ReadonlySet<string>;
}

/**
 * Asks every other destination what stands there for people of one source, in calls of many people. Answers the code of the
 * first that could not be asked instead: nobody knows then what still runs.
 */
export async function readElsewhere(request: {
  run: RetentionRun;
  source: RetentionSource;
  people: readonly ListedPersonV1[];
}): Promise<{ people: readonly PersonEverywhere[] } | { code: string }> {
  const { run, source, people } = request;
  const others = [...run.volenti.destinations.keys()].filter((id) => id !== source.id);
  const answers = await Promise.all(
    others.map(async (id) => {
      try {
        return { id, held: await readHeld({ run, destinationId: id, people }) };
      } catch (error) {
        if (run.request.signal?.aborted === true) throw error;
        return { id, code: failureCode(error) };
      }
    }),
  );
  for (const { id, code } of answers) if (code !== undefined) run.tally.fail({ destinationId: id, code });
  const code = answers.find((answer) => answer.code !== undefined)?.code;
  if (code !== undefined) return { code };
  return { people: people.map((person) => merge({ person, answers })) };
}

/** What a destination holds under each ref: its states, which may be none; null where it holds nothing. */
type Held = ReadonlyMap<string, readonly ConsentState[]>;

function merge(request: { person: ListedPersonV1; answers: readonly { id: string; held?: Held }[] }): PersonEverywhere {
  const { person, answers } = request;
  const refs = refsOf(person);
  const holders = answers.filter(({ held }) => refs.some((ref) => held?.has(ref) === true));
  const states = [...person.states, ...holders.flatMap(({ held }) => refs.flatMap((ref) => held?.get(ref) ?? []))];
  return { person: { ...person, states: [...foldConsentStates(states).values()] }, holders: new Set(holders.map(({ id }) => id)) };
}

async function readHeld(request: { run: RetentionRun; destinationId: string; people: readonly ListedPersonV1[] }): Promise<Held> {
  const { run, destinationId, people } = request;
  const { volenti, request: { signal } } = run;
  const subjectRefs = people.flatMap(refsOf);
  const states = await readStatesOf({ volenti, destinationId, subjectRefs, signal });
  const held = new Map([...states].filter(([, standing]) => standing.length > 0));
  if (!run.driven.some(({ id }) => id === destinationId)) return held;
  // Who gave a profile and decided nothing has no states; nobody else would look there for them.
  await Promise.all(
    subjectRefs.map(async (subjectRef) => {
      if (held.has(subjectRef)) return;
      const attempt = ({ profiles }: ConnectorV1): ReturnType<typeof profiles.get> => profiles.get({ subjectRef });
      const profile = await volenti.naming.call({ destinationId, operation: "retention", attempt, signal });
      if (profile !== null) held.set(subjectRef, []);
    }),
  );
  return held;
}
