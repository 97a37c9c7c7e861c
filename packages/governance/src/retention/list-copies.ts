import type { ConnectorV1, ListedPersonV1 } from "@volenti/core/adapter";
import { failureCode } from "../support/failure-code.ts";
import { refsOf } from "../support/refs-of.ts";
import type { RetentionRun } from "./retention-run.ts";

/** Attributes of one person that are to be cleared. */
export interface Masking {
  readonly person: ListedPersonV1;
  readonly attributes: readonly string[];
}

/** What is to be cleared under one ref of a person, with the instants of the last changes where they are known. */
export interface MaskedCopy {
  readonly masking: Masking;
  readonly subjectRef: string;
  readonly changes: readonly (readonly [name: string, changedAt: number | undefined])[];
}

/**
 * Of whom there is one ref what was listed; of those who were merged what a destination has under each ref, so that clearing
 * makes nobody anew. Answers the code of the first that could not be read instead.
 */
export async function listCopies(request: {
  run: RetentionRun;
  destinationId: string;
  maskings: readonly Masking[];
}): Promise<readonly MaskedCopy[] | { readonly code: string }> {
  const { run, maskings } = request;
  try {
    const copies = await Promise.all(maskings.map(async (masking) => (masking.person.merged.length === 0 ? [asListed(masking)] : readEach({ ...request, masking }))));
    return copies.flat();
  } catch (error) {
    if (run.request.signal?.aborted === true) throw error;
    return { code: failureCode(error) };
  }
}

function asListed(masking: Masking): MaskedCopy {
  const { person: { subjectRef, attributes }, attributes: names } = masking;
  return { masking, subjectRef, changes: names.map((name) => [name, attributes[name]]) };
}

async function readEach(request: { run: RetentionRun; destinationId: string; masking: Masking }): Promise<readonly MaskedCopy[]> {
  const { run, destinationId, masking } = request;
  const { signal } = run.request;
  const copies = await Promise.all(
    refsOf(masking.person).map(async (subjectRef): Promise<MaskedCopy> => {
      const attempt = ({ profiles }: ConnectorV1): ReturnType<typeof profiles.get> => profiles.get({ subjectRef });
      const profile = await run.volenti.naming.call({ destinationId, operation: "retention", attempt, signal });
      const held = masking.attributes.filter((name) => profile?.attributes[name] !== undefined);
      return { masking, subjectRef, changes: held.map((name) => [name, profile?.attributes[name]?.changedAt]) };
    }),
  );
  return copies.filter(({ changes }) => changes.length > 0);
}
