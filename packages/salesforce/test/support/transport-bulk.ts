import type { BulkResult, BulkRow } from "../../src/bulk/bulk-row.ts";
import { runBulkUpsert } from "../../src/bulk/run-bulk-upsert.ts";
import type { SalesforceSession } from "../../src/transport/salesforce-session.ts";
import type { Received, Script, ScriptedAnswer } from "./transport-org.ts";

const JOB_ID = "7505e000004Ae8rAAC";

export interface BulkScript {
  readonly upload?: ScriptedAnswer;
  readonly complete?: ScriptedAnswer;
  /** One a look; the last one stays. */
  readonly states?: readonly (JobState | ScriptedAnswer)[];
  readonly successful?: string;
  readonly failed?: string;
  readonly unprocessed?: string;
}

type JobState = "Open" | "UploadComplete" | "InProgress" | "JobComplete" | "Failed" | "Aborted";

function isJobState(state: JobState | ScriptedAnswer): state is JobState {
  return typeof state === "string" && state !== "reset" && state !== "hang";
}

/** The ingest resource of Bulk API 2.0, as far as one job goes. */
export function bulkScript(script: BulkScript): Script {
  let looks = 0;
  const csv = (text: string): ScriptedAnswer => ({ body: text, headers: { "content-type": "text/csv" } });
  return ({ method, url, body }: Received): ScriptedAnswer => {
    const path = url.replace("/services/data/v62.0/jobs/ingest", "");
    if (method === "POST" && path === "") return { body: { id: JOB_ID, state: "Open" } };
    if (method === "PUT") return script.upload ?? { status: 201 };
    if (method === "PATCH") return body.includes("UploadComplete") && script.complete !== undefined ? script.complete : { body: { id: JOB_ID } };
    if (path.endsWith("/successfulResults")) return csv(script.successful ?? "");
    if (path.endsWith("/failedResults")) return csv(script.failed ?? "");
    if (path.endsWith("/unprocessedrecords")) return csv(script.unprocessed ?? "");
    const states = script.states ?? ["JobComplete"];
    const state = states[Math.min(looks++, states.length - 1)] ?? "JobComplete";
    return isJobState(state) ? { body: { id: JOB_ID, state } } : state;
  };
}

export function upsert(request: {
  session: SalesforceSession;
  rows: readonly BulkRow[];
  maxJobBytes?: number;
  signal?: AbortSignal;
}): Promise<BulkResult[]> {
  return Array.fromAsync(runBulkUpsert({ objectName: "Contact", keyField: "VolentiRef__c", operation: "intake.write", ...request }));
}

/** The lines of the file that was uploaded, in the order of the calls. */
export function uploadedLines(requests: readonly Received[]): readonly string[] {
  return requests.filter(({ method }) => method === "PUT").flatMap(({ body }) => body.trimEnd().split("\n"));
}
