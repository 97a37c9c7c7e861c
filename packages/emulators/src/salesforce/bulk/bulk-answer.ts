import type { BulkJob } from "./bulk-job.ts";

export function refuseBulk(request: { status?: number; errorCode: string; message: string }): Response {
  const { status = 400, errorCode, message } = request;
  return Response.json([{ errorCode, message }], { status });
}

/** The job as Salesforce shows it; its counts only once it was closed. */
export function showJob(request: { job: BulkJob; userId: string; isDetailed: boolean }): Response {
  return Response.json(toJobInfo(request));
}

export function toJobInfo(request: { job: BulkJob; userId: string; isDetailed: boolean }): Record<string, unknown> {
  const { job, userId, isDetailed } = request;
  const processed = job.rows.filter(({ outcome }) => outcome.kind !== "unprocessed").length;
  const failed = job.rows.filter(({ outcome }) => outcome.kind === "failure").length;
  const at = new Date(job.createdAt).toISOString().replace("Z", "+0000");
  return {
    id: job.id,
    operation: job.operation,
    object: job.object,
    createdById: userId,
    createdDate: at,
    systemModstamp: at,
    state: job.state,
    ...(job.externalIdFieldName === null ? {} : { externalIdFieldName: job.externalIdFieldName }),
    concurrencyMode: "Parallel",
    contentType: "CSV",
    apiVersion: job.apiVersion,
    ...(isDetailed ? { jobType: "V2Ingest" } : {}),
    ...(job.state === "Open" ? { contentUrl: `services/data/v${job.apiVersion}.0/jobs/ingest/${job.id}/batches` } : {}),
    lineEnding: job.lineEnding,
    columnDelimiter: job.columnDelimiter,
    ...(isDetailed
      ? { numberRecordsProcessed: processed, numberRecordsFailed: failed, retries: 0, totalProcessingTime: processed, apiActiveProcessingTime: processed, apexProcessingTime: 0 }
      : {}),
    ...(job.errorMessage === null ? {} : { errorMessage: job.errorMessage }),
  };
}
