import type { ConnectorV1, HoldV1 } from "@volenti/core/adapter";
import { failureCode } from "../support/failure-code.ts";
import type { RetentionRun } from "./retention-run.ts";

/** What forbids to touch a person. */
export interface Obstacles {
  readonly isRestricted: boolean;
  /** Those that have not ended. */
  readonly holds: readonly HoldV1[];
}

/** Asks every ledger: a hold in any of them keeps. Answers the code of the first that could not be asked instead. */
export async function readObstacles(request: { run: RetentionRun; subjectRef: string }): Promise<Obstacles | { code: string }> {
  const { run, subjectRef } = request;
  const ids = [...run.volenti.destinations].flatMap(([id, { custody }]) => (custody === undefined ? [] : [id]));
  try {
    const answers = await Promise.all(ids.map((destinationId) => readIn({ run, destinationId, subjectRef })));
    return {
      isRestricted: answers.some(({ isRestricted }) => isRestricted),
      holds: answers.flatMap(({ holds }) => holds).filter((hold) => isStanding({ hold, now: run.now })),
    };
  } catch (error) {
    if (run.request.signal?.aborted === true) throw error;
    return { code: failureCode(error) };
  }
}

async function readIn(request: { run: RetentionRun; destinationId: string; subjectRef: string }): Promise<Obstacles> {
  const { run, destinationId, subjectRef } = request;
  const attempt = async ({ custody }: ConnectorV1): Promise<Obstacles> => {
    if (custody === undefined) return { isRestricted: false, holds: [] };
    const [holds, restriction] = await Promise.all([custody.listHolds({ subjectRef }), custody.getRestriction({ subjectRef })]);
    return { isRestricted: restriction !== null, holds };
  };
  return run.volenti.naming.call({ destinationId, operation: "retention", attempt, signal: run.request.signal });
}

function isStanding(request: { hold: HoldV1; now: number }): boolean {
  const { hold, now } = request;
  return hold.liftedAt === null && (hold.until === null || hold.until > now);
}
