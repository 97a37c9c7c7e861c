import type { Volenti } from "@volenti/core";
import type { ConnectorV1, ConsentState } from "@volenti/core/adapter";
import { peopleTogether, readStandingStates } from "../verify/read-standing-states.ts";

/** What stands for people in one destination, in as few calls as it takes, retried as deliveries are; who has no states may have no entry. */
export async function readStatesOf(request: {
  volenti: Volenti;
  destinationId: string;
  subjectRefs: readonly string[];
  signal: AbortSignal | undefined;
}): Promise<ReadonlyMap<string, readonly ConsentState[]>> {
  const { volenti, destinationId, subjectRefs, signal } = request;
  const connector = volenti.destinations.get(destinationId);
  const states = new Map<string, readonly ConsentState[]>();
  const together = connector === undefined ? 1 : peopleTogether(connector.consent);
  for (let start = 0; start < subjectRefs.length; start += together) {
    const some = subjectRefs.slice(start, start + together);
    const attempt = ({ consent }: ConnectorV1): ReturnType<typeof readStandingStates> => readStandingStates({ consent, subjectRefs: some });
    const answer = await volenti.naming.call({ destinationId, operation: "listStates", attempt, signal });
    for (const [subjectRef, standing] of answer) states.set(subjectRef, standing);
  }
  return states;
}
