import { ConnectorError } from "@volenti/core/adapter";
import { mapRowError } from "../error/map-row-error.ts";
import { ruleMarkerOf } from "../error/rule-marker-of.ts";
import { CONNECTOR_ID } from "../transport/salesforce-session.ts";
import { fetchResults, followJob, openJob, setState, unknownOutcome, upload, type BulkSession, type JobTerms, type ResultFile } from "./bulk-job.ts";
import type { BulkResult, BulkRow } from "./bulk-row.ts";
import { cutIntoJobs, type JobFile } from "./cut-into-jobs.ts";
import { readResultFile, type ResultRow } from "./read-result-file.ts";

/** Salesforce takes 150 MB encoded, which is 100 MB raw; a smaller file needs less memory, here and for its results. */
const LARGEST_JOB_BYTES = 100_000_000;
const USUAL_JOB_BYTES = 25_000_000;

/**
 * Upserts by Bulk API 2.0, one job after another (jobs side by side would fight for the rows' parents). Answers one result
 * a row, in no order. Where a job cannot be begun, its rows and all later ones are `notAttempted`; where nobody can tell
 * what became of it, they are `unknown`. Rejects only with the signal's own reason, after the job under way was told to
 * stop. No job is deleted: Salesforce keeps results for seven days.
 */
export async function* runBulkUpsert(request: {
  session: BulkSession;
  objectName: string;
  keyField: string;
  rows: Iterable<BulkRow> | AsyncIterable<BulkRow>;
  operation: string;
  isUrgent?: boolean | undefined;
  signal?: AbortSignal | undefined;
  /** At most so many bytes a job. Default 25 MB, at most 100 MB. */
  maxJobBytes?: number | undefined;
}): AsyncGenerator<BulkResult> {
  const { isUrgent = false, signal, maxJobBytes = USUAL_JOB_BYTES } = request;
  const terms: JobTerms = { ...request, isUrgent, signal };
  const maxBytes = Math.min(maxJobBytes, LARGEST_JOB_BYTES);
  let obstacle: ConnectorError | null = null;
  for await (const file of cutIntoJobs({ ...request, maxBytes })) {
    yield* file.refused;
    if (file.keys.length === 0) continue;
    if (obstacle !== null) {
      yield* allKeys({ file, outcome: "notAttempted", error: obstacle });
      continue;
    }
    try {
      yield* await runJob({ terms, file });
    } catch (error) {
      if (!ConnectorError.isInstance(error)) throw error;
      obstacle = error;
      yield* allKeys({ file, outcome: error.code === "outcomeUnknown" ? "unknown" : "notAttempted", error });
    }
  }
}

function allKeys(request: { file: JobFile; outcome: BulkResult["outcome"]; error: ConnectorError }): readonly BulkResult[] {
  const { file, outcome, error } = request;
  return file.keys.map((key) => ({ key, outcome, error, marker: null }));
}

/** Rejects with `outcomeUnknown` once the job may have begun, and with anything else while it cannot have. */
async function runJob(request: { terms: JobTerms; file: JobFile }): Promise<readonly BulkResult[]> {
  const { terms, file } = request;
  terms.signal?.throwIfAborted();
  const jobId = await openJob(terms);
  try {
    await upload({ terms, jobId, csv: file.csv });
    return await finishJob({ terms, file, jobId });
  } catch (error) {
    // A job that is under way is nobody's to stop, except on the signal.
    if (ConnectorError.isInstance(error) && error.code === "outcomeUnknown") throw error;
    // Best effort: an open job is ended by Salesforce itself, and the reason above says more than this call's failure.
    await setState({ terms, jobId, state: "Aborted" }).catch(() => {});
    throw error;
  }
}

async function finishJob(request: { terms: JobTerms; file: JobFile; jobId: string }): Promise<readonly BulkResult[]> {
  const { terms, file, jobId } = request;
  const { operation, signal } = terms;
  const begun = await setState({ terms, jobId, state: "UploadComplete", ...(signal === undefined ? {} : { signal }) }).catch(
    (error: unknown) => {
      // Whether it was heard is told by the job.
      if (ConnectorError.isInstance(error) && error.code === "outcomeUnknown") return error;
      throw error;
    },
  );
  try {
    const state = await followJob({ terms, jobId, hasBegun: begun === undefined });
    if (state === "Open") throw neverBegun(operation);
    return await readResults({ terms, file, jobId });
  } catch (error) {
    if (!ConnectorError.isInstance(error) || error.providerCode === "jobNeverBegun") throw error;
    throw unknownOutcome(operation);
  }
}

function neverBegun(operation: string): ConnectorError {
  return new ConnectorError({ code: "unavailable", connectorId: CONNECTOR_ID, operation, providerCode: "jobNeverBegun" });
}

/** The three files together tell every row; a row that none tells is unknown. */
async function readResults(request: { terms: JobTerms; file: JobFile; jobId: string }): Promise<readonly BulkResult[]> {
  const { terms, file, jobId } = request;
  const { operation, keyField } = terms;
  const read = async (name: ResultFile): Promise<readonly ResultRow[]> =>
    readResultFile({ csv: await fetchResults({ terms, jobId, file: name }), keyField, operation });
  const results = new Map<string, BulkResult>();
  for (const { key, isCreated } of await read("successfulResults")) {
    results.set(key, { key, outcome: isCreated ? "created" : "updated", marker: null });
  }
  for (const { key, errors } of await read("failedResults")) {
    results.set(key, { key, outcome: "failed", error: mapRowError({ errors, operation }), marker: ruleMarkerOf(errors) });
  }
  for (const { key } of await read("unprocessedrecords")) {
    const error = mapRowError({ errors: [{ statusCode: "PROCESSING_HALTED" }], operation });
    results.set(key, { key, outcome: "notAttempted", error, marker: null });
  }
  return file.keys.map(
    (key) => results.get(key) ?? { key, outcome: "unknown", error: unknownOutcome(operation), marker: null },
  );
}
