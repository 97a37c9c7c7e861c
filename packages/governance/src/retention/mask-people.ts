import type { ConnectorV1, ProfilePatch, SubjectWriteV1, WriteOutcomeV1 } from "@volenti/core/adapter";
import { failureCode } from "../support/failure-code.ts";
import { listCopies, type MaskedCopy, type Masking } from "./list-copies.ts";
import type { RetentionOutcome } from "./retention-report.ts";
import type { RetentionRun } from "./retention-run.ts";

export interface MaskingOutcome {
  readonly outcome: RetentionOutcome;
  readonly code?: string;
}

const STEP_IN_MS = { millisecond: 1, second: 1000, day: 86_400_000 } as const;
/** The least of all ids: what a person says in the very instant stands. */
const LEAST_SUBMISSION_ID = "00000000-0000-4000-8000-000000000000";

/**
 * Clears attributes of people in one destination, in as few writes as it takes; answers in the order of the maskings. The
 * change counts from right after the one that was judged, so that whatever a person says later stands, also where it was
 * said while this ran: the destination's own guard decides.
 */
export async function maskPeople(request: {
  run: RetentionRun;
  destinationId: string;
  maskings: readonly Masking[];
}): Promise<readonly MaskingOutcome[]> {
  const { run, destinationId, maskings } = request;
  const connector = run.volenti.destinations.get(destinationId);
  if (connector === undefined) return maskings.map(() => ({ outcome: "failed", code: "invalidInput" }));
  const { instantPrecision, maxBatchSize } = connector.traits;
  const copies = await listCopies({ run, destinationId, maskings });
  if ("code" in copies) return maskings.map(() => ({ outcome: "failed", code: copies.code }));
  const items = copies.map((copy) => toWrite({ run, copy, stepInMs: STEP_IN_MS[instantPrecision] }));
  const outcomes: MaskingOutcome[] = [];
  for (let start = 0; start < items.length; start += maxBatchSize) {
    outcomes.push(...(await writeItems({ run, destinationId, items: items.slice(start, start + maxBatchSize) })));
  }
  return maskings.map((masking) => worstOf(outcomes.filter((_, index) => copies[index]?.masking === masking)));
}

/** Nothing left to clear is done. */
function worstOf(outcomes: readonly MaskingOutcome[]): MaskingOutcome {
  return outcomes.find(({ outcome }) => outcome === "failed") ?? outcomes.find(({ outcome }) => outcome === "newer") ?? outcomes[0] ?? { outcome: "done" };
}

async function writeItems(request: {
  run: RetentionRun;
  destinationId: string;
  items: readonly SubjectWriteV1[];
}): Promise<readonly MaskingOutcome[]> {
  const { run, destinationId, items } = request;
  const { signal } = run.request;
  const attempt = ({ intake }: ConnectorV1): Promise<readonly WriteOutcomeV1[]> => intake.write({ items, heads: [], signal });
  try {
    const answers = await run.volenti.naming.call({ destinationId, operation: "retention", attempt, signal });
    return items.map((_, index) => readAnswer(answers[index]));
  } catch (error) {
    if (signal?.aborted === true) throw error;
    return items.map(() => ({ outcome: "failed", code: failureCode(error) }));
  }
}

function toWrite(request: { run: RetentionRun; copy: MaskedCopy; stepInMs: number }): SubjectWriteV1 {
  const { run, stepInMs } = request;
  const { masking: { person }, subjectRef: ref, changes } = request.copy;
  const profile: ProfilePatch = Object.fromEntries(
    changes.map(([name, latest]) => {
      const changedAt = (Math.floor((latest ?? run.now) / stepInMs) + 1) * stepInMs;
      return [name, { value: null, changedAt, submissionId: LEAST_SUBMISSION_ID }];
    }),
  );
  const { ageBand, test } = person;
  // The country of somebody who is there already is not changed by it.
  const country = person.country ?? run.volenti.controller.country;
  const subject = { ref, identifiers: [], country, ageBand, test };
  return { writeId: ref, mode: "upsert", subject, submissions: [], profile, decisions: [], states: [] };
}

function readAnswer(answer: WriteOutcomeV1 | undefined): MaskingOutcome {
  if (answer === undefined) return { outcome: "failed", code: "malformedResponse" };
  if (answer.status === "failed") return { outcome: "failed", code: answer.error.code };
  if (answer.status === "notHeld") return { outcome: "done" };
  const outcomes = Object.values(answer.profile ?? {});
  if (outcomes.includes("rejected")) return { outcome: "failed", code: "rejectedByProvider" };
  return { outcome: outcomes.includes("superseded") ? "newer" : "done" };
}
