import { ConnectorError } from "@volenti/core/adapter";
import { malformedAnswer } from "../error/map-salesforce-error.ts";
import { CONNECTOR_ID, type SalesforceSession } from "../transport/salesforce-session.ts";

const FIRST_PAUSE_IN_MS = 1000;
const LONGEST_PAUSE_IN_MS = 20_000;
const LONGEST_JOB_IN_MS = 12 * 60 * 60_000;
/** Failures to look at a job, one after another, before it is given up: the job goes on meanwhile. */
const MAX_BLIND_LOOKS = 6;

export type BulkSession = Pick<SalesforceSession, "call" | "context">;

export type JobState = "Open" | "UploadComplete" | "InProgress" | "JobComplete" | "Failed" | "Aborted";

export interface JobTerms {
  readonly session: BulkSession;
  readonly objectName: string;
  readonly keyField: string;
  readonly operation: string;
  readonly isUrgent: boolean;
  readonly signal: AbortSignal | undefined;
}

/** Opens a job; a lost answer leaves an empty one, which Salesforce ends by itself. */
export async function openJob(terms: JobTerms): Promise<string> {
  const { session, objectName, keyField, operation, isUrgent, signal } = terms;
  const { status, body } = await session.call({
    operation,
    method: "POST",
    path: ["jobs", "ingest"],
    body: { object: objectName, operation: "upsert", externalIdFieldName: keyField, contentType: "CSV", lineEnding: "LF" },
    changes: false,
    isUrgent,
    signal,
  });
  const { id } = (body ?? {}) as { id?: unknown };
  if (typeof id !== "string" || !/^[A-Za-z0-9]{15,18}$/.test(id)) throw malformedAnswer({ status, operation, changes: false });
  return id;
}

/** Nothing is applied before the upload is told complete. */
export async function upload(request: { terms: JobTerms; jobId: string; csv: string }): Promise<void> {
  const { terms, jobId, csv } = request;
  const { session, operation, isUrgent, signal } = terms;
  await session.call({
    operation,
    method: "PUT",
    path: ["jobs", "ingest", jobId, "batches"],
    body: { text: csv, contentType: "text/csv; charset=UTF-8" },
    changes: false,
    isUrgent,
    signal,
  });
}

export async function setState(request: { terms: JobTerms; jobId: string; state: "UploadComplete" | "Aborted"; signal?: AbortSignal }): Promise<void> {
  const { terms, jobId, state, signal } = request;
  const { session, operation } = terms;
  const changes = state === "UploadComplete";
  await session.call({ operation, method: "PATCH", path: ["jobs", "ingest", jobId], body: { state }, changes, isUrgent: true, signal });
}

/**
 * Looks at the job until it ended, in growing pauses, and answers how. `Open` where it never began. What is under way is
 * looked at from the reserve of the day's calls too: its rows are written, and somebody has to know.
 */
export async function followJob(request: { terms: JobTerms; jobId: string; hasBegun: boolean }): Promise<JobState> {
  const { terms, jobId, hasBegun } = request;
  const { clock } = terms.session.context(terms.operation);
  const deadline = clock.now() + LONGEST_JOB_IN_MS;
  const isUnderWay = (state: JobState): boolean => state === "UploadComplete" || state === "InProgress" || (state === "Open" && hasBegun);
  let pauseInMs = FIRST_PAUSE_IN_MS;
  for (;;) {
    const state = await patiently({ terms, look: () => lookAt({ terms, jobId }) });
    if (!isUnderWay(state)) return state;
    if (clock.now() > deadline) throw unknownOutcome(terms.operation);
    await clock.sleep({ durationInMs: pauseInMs, signal: terms.signal });
    pauseInMs = Math.min(pauseInMs * 1.5, LONGEST_PAUSE_IN_MS);
  }
}

/** A look at a job that is under way may be made again: its rows are written whether or not anybody sees it. */
async function patiently<Result>(request: { terms: JobTerms; look: () => Promise<Result> }): Promise<Result> {
  const { terms, look } = request;
  const { clock } = terms.session.context(terms.operation);
  for (let blindLooks = 1; ; blindLooks += 1) {
    try {
      return await look();
    } catch (error) {
      if (!isPassing(error) || blindLooks === MAX_BLIND_LOOKS) throw error;
    }
    await clock.sleep({ durationInMs: FIRST_PAUSE_IN_MS * 2 ** blindLooks, signal: terms.signal });
  }
}

const STATES: ReadonlySet<string> = new Set(["Open", "UploadComplete", "InProgress", "JobComplete", "Failed", "Aborted"]);

async function lookAt(request: { terms: JobTerms; jobId: string }): Promise<JobState> {
  const { terms, jobId } = request;
  const { session, operation, signal } = terms;
  const { status, body } = await session.call({
    operation,
    method: "GET",
    path: ["jobs", "ingest", jobId],
    changes: false,
    isUrgent: true,
    signal,
  });
  const { state } = (body ?? {}) as { state?: unknown };
  if (typeof state !== "string" || !STATES.has(state)) throw malformedAnswer({ status, operation, changes: false });
  return state as JobState;
}

export type ResultFile = "successfulResults" | "failedResults" | "unprocessedrecords";

/** The file as it came. */
export async function fetchResults(request: { terms: JobTerms; jobId: string; file: ResultFile }): Promise<string> {
  const { terms, jobId, file } = request;
  const { session, operation, signal } = terms;
  const look = (): ReturnType<BulkSession["call"]> =>
    session.call({
      operation,
      method: "GET",
      path: ["jobs", "ingest", jobId, file],
      headers: { accept: "text/csv" },
      changes: false,
      isUrgent: true,
      answer: "text",
      signal,
    });
  const { body } = await patiently({ terms, look });
  return typeof body === "string" ? body : "";
}

export function unknownOutcome(operation: string): ConnectorError {
  return new ConnectorError({ code: "outcomeUnknown", connectorId: CONNECTOR_ID, operation });
}

function isPassing(error: unknown): boolean {
  return ConnectorError.isInstance(error) && error.retry.kind === "afterDelay";
}
