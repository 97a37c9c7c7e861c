import { toResponse } from "../rest/to-response.ts";
import { checkVersion } from "../rest/versions.ts";
import { toDeployResult } from "./deploy-result.ts";
import { pollDeployment, type Deployment } from "./deployment.ts";
import { MetadataProblem } from "./metadata-problem.ts";
import type { MetadataRequest } from "./metadata-request.ts";
import { NO_METADATA_ACCESS } from "./refuse-access.ts";
import { readDeployOptions } from "./read-deploy-options.ts";

/** The REST side of the Metadata API: `deployRequest` and `deployRequest/{id}`. */
export async function handleDeployRequest(call: MetadataRequest): Promise<Response> {
  const { request, isSession, jobs } = call;
  const token = /^(?:Bearer|OAuth)\s+(\S+)$/i.exec(request.headers.get("authorization") ?? "")?.[1] ?? "";
  if (!isSession(token)) return refuse({ status: 401, errorCode: "INVALID_SESSION_ID", message: "Session expired or invalid" });
  if (call.mayDeploy === false) return refuse({ status: 403, errorCode: NO_METADATA_ACCESS.code, message: NO_METADATA_ACCESS.message });
  const version = checkVersion(Number(/\/v(\d+)\.0\//.exec(new URL(request.url).pathname)?.[1]));
  if (version !== null) return toResponse({ method: request.method, answer: version });
  const [, id] = /\/metadata\/deployRequest(?:\/([^/]+))?$/i.exec(new URL(request.url).pathname) ?? [];
  if (id === undefined) return request.method === "POST" ? start(call) : refuseMethod(request.method);
  const deployment = jobs.find(id);
  if (deployment === undefined) return refuse({ status: 404, errorCode: "NOT_FOUND", message: "The requested resource does not exist" });
  if (request.method === "PATCH") return cancel({ call, deployment });
  if (request.method !== "GET") return refuseMethod(request.method);
  pollDeployment({ deployment, schema: call.schema, permissionSets: call.permissionSets, now: call.now ?? Date.now() });
  return show({ call, deployment, status: 200 });
}

async function start(call: MetadataRequest): Promise<Response> {
  try {
    const form = await readForm(call.request);
    // The guide names the part `json`; jsforce and the Salesforce CLI call it `entity_content`.
    const json = form.get("json") ?? form.get("entity_content");
    const file = form.get("file");
    if (json === null || !(file instanceof Blob)) throw new MetadataProblem({ problem: "The parts json and file are needed" });
    const body = parseJson(typeof json === "string" ? json : await json.text());
    const options = readDeployOptions(isRecord(body["deployOptions"]) ? body["deployOptions"] : {});
    const zip = new Uint8Array(await file.arrayBuffer());
    const deployment = call.jobs.add({ zip, options, now: call.now ?? Date.now() });
    return show({ call, deployment, status: 201 });
  } catch (error) {
    if (!(error instanceof MetadataProblem)) throw error;
    return refuse({ status: 400, errorCode: "INVALID_MULTIPART_REQUEST", message: error.message });
  }
}

async function readForm(request: Request): Promise<FormData> {
  try {
    return await request.formData();
  } catch {
    throw new MetadataProblem({ problem: "Multipart message cannot be parsed" });
  }
}

function parseJson(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    if (isRecord(value)) return value;
  } catch {
    // Refused below, with everything else that is no object.
  }
  throw new MetadataProblem({ problem: "The part json is not a JSON object" });
}

async function cancel({ call, deployment }: { call: MetadataRequest; deployment: Deployment }): Promise<Response> {
  const body: unknown = await call.request.json().catch(() => null);
  const wish = isRecord(body) && isRecord(body["deployResult"]) ? body["deployResult"]["status"] : undefined;
  if (wish !== "Canceling" || deployment.completedAt !== null) {
    return refuse({ status: 400, errorCode: "INVALID_STATUS", message: "This deployment cannot be canceled" });
  }
  deployment.status = "Canceled";
  deployment.completedAt = call.now ?? Date.now();
  return show({ call, deployment, status: 202 });
}

function show(request: { call: MetadataRequest; deployment: Deployment; status: number }): Response {
  const { call, deployment, status } = request;
  const url = new URL(call.request.url);
  const includeDetails = url.searchParams.get("includeDetails") === "true";
  const { allowMissingFiles, checkOnly, ignoreWarnings, rollbackOnError, singlePackage, testLevel } = deployment.options;
  const body = {
    id: deployment.id,
    validatedDeployRequestId: null,
    deployOptions: { allowMissingFiles, checkOnly, ignoreWarnings, rollbackOnError, singlePackage, testLevel },
    deployResult: toDeployResult({ deployment, includeDetails, userId: call.userId ?? "" }),
  };
  return Response.json(body, { status });
}

function refuseMethod(method: string): Response {
  return refuse({ status: 405, errorCode: "METHOD_NOT_ALLOWED", message: `HTTP Method '${method}' not allowed. Allowed are GET,POST,PATCH` });
}

function refuse(request: { status: number; errorCode: string; message: string }): Response {
  const { status, errorCode, message } = request;
  return Response.json([{ message, errorCode }], { status });
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
