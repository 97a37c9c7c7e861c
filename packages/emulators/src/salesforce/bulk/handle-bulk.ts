import { refuseBulk, showJob, toJobInfo } from "./bulk-answer.ts";
import type { BulkJob } from "./bulk-job.ts";
import type { BulkRequest } from "./bulk-request.ts";
import { openJob } from "./open-job.ts";
import { runJob } from "./run-job.ts";
import { writeFailedResults, writeSuccessfulResults, writeUnprocessedRecords } from "./write-results.ts";

const MOST_BYTES = 150 * 1024 * 1024;
const RESULTS: Readonly<Record<string, (job: BulkJob) => Response>> = {
  successfulResults: writeSuccessfulResults,
  failedResults: writeFailedResults,
  unprocessedrecords: writeUnprocessedRecords,
};

/** Answers `/services/data/vXX.X/jobs/ingest…`, after the session was checked. */
export function handleBulk(call: BulkRequest): Promise<Response> {
  return Promise.resolve(route(call));
}

function route(call: BulkRequest): Response | Promise<Response> {
  const { request, jobs } = call;
  const [, version = "0", id, part] = /\/v(\d+)\.0\/jobs\/ingest(?:\/([^/]+)(?:\/([^/]+))?)?\/?$/.exec(new URL(request.url).pathname) ?? [];
  if (id === undefined) {
    if (request.method === "POST") return openJob({ call, apiVersion: Number(version) });
    return request.method === "GET" ? listJobs(call) : refuseMethod(request);
  }
  const job = jobs.find(id);
  if (job === undefined) return refuseBulk({ status: 404, errorCode: "NOT_FOUND", message: "The requested resource does not exist" });
  if (part === undefined) return onJob({ call, job });
  if (part === "batches") return request.method === "PUT" ? upload({ call, job }) : refuseMethod(request);
  const write = RESULTS[part];
  if (write === undefined) return refuseBulk({ status: 404, errorCode: "NOT_FOUND", message: "The requested resource does not exist" });
  if (request.method !== "GET") return refuseMethod(request);
  return isOver(job) ? write(job) : refuseState(`The job ${job.id} is not complete`);
}

function onJob({ call, job }: { call: BulkRequest; job: BulkJob }): Response | Promise<Response> {
  const userId = call.userId ?? "";
  switch (call.request.method) {
    case "GET":
      advance({ call, job });
      return showJob({ job, userId, isDetailed: true });
    case "PATCH":
      return changeState({ call, job });
    case "DELETE":
      if (job.state === "Open" || job.state === "InProgress") return refuseState(`The job ${job.id} cannot be deleted in the state ${job.state}`);
      call.jobs.remove(job);
      return new Response(null, { status: 204 });
    default:
      return refuseMethod(call.request);
  }
}

/** One look finds a closed job under way, the next done. */
function advance({ call, job }: { call: BulkRequest; job: BulkJob }): void {
  if (job.state === "UploadComplete") job.state = "InProgress";
  else if (job.state === "InProgress") runJob({ call, job });
}

async function changeState({ call, job }: { call: BulkRequest; job: BulkJob }): Promise<Response> {
  const body: unknown = await call.request.json().catch(() => null);
  const state = typeof body === "object" && body !== null ? (body as { state?: unknown }).state : undefined;
  if (state !== "UploadComplete" && state !== "Aborted") return refuseBulk({ errorCode: "INVALIDJOB", message: "InvalidJob : state is UploadComplete or Aborted" });
  if (state === "UploadComplete") {
    if (job.state !== "Open") return refuseState(`Closing already closed Job ${job.id} is not allowed`);
    if (job.content === null) return refuseState(`The job ${job.id} has no data`);
  } else if (isOver(job)) {
    return refuseState(`Aborting already completed Job ${job.id} is not allowed`);
  }
  job.state = state;
  return showJob({ job, userId: call.userId ?? "", isDetailed: false });
}

async function upload({ call, job }: { call: BulkRequest; job: BulkJob }): Promise<Response> {
  const type = call.request.headers.get("content-type") ?? "";
  if (!/^text\/csv\s*(?:;|$)/i.test(type)) {
    return refuseBulk({ status: 415, errorCode: "UNSUPPORTED_MEDIA_TYPE", message: "Content-Type is not supported: text/csv is expected" });
  }
  if (job.state !== "Open") return refuseState(`The job ${job.id} is not open`);
  if (job.content !== null) {
    return refuseState(
      `Found multiple contents for job: <${job.id}>, please 'Close' / 'Abort' / 'Delete' the current Job then create a new Job and make sure you only do 'PUT' once on a given Job.`,
    );
  }
  const content = new Uint8Array(await call.request.arrayBuffer());
  if (content.length > MOST_BYTES) return refuseBulk({ status: 413, errorCode: "REQUEST_ENTITY_TOO_LARGE", message: "The upload is larger than 150 MB" });
  job.content = content;
  return new Response(null, { status: 201 });
}

function listJobs(call: BulkRequest): Response {
  const records = call.jobs.list().map((job) => toJobInfo({ job, userId: call.userId ?? "", isDetailed: false }));
  return Response.json({ done: true, nextRecordsUrl: null, records });
}

function isOver({ state }: BulkJob): boolean {
  return state === "JobComplete" || state === "Failed" || state === "Aborted";
}

function refuseState(message: string): Response {
  return refuseBulk({ errorCode: "INVALIDJOBSTATE", message });
}

function refuseMethod({ method }: Request): Response {
  return refuseBulk({ status: 405, errorCode: "METHOD_NOT_ALLOWED", message: `HTTP Method '${method}' not allowed` });
}
