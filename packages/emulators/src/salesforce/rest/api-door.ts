import { textOf, toRequest, type ArrivedCall } from "../arrived-call.ts";
import { createBulkJobStore } from "../bulk/bulk-job-store.ts";
import { createBulkRows } from "../bulk/bulk-rows.ts";
import { handleBulk } from "../bulk/handle-bulk.ts";
import { createDeploymentStore } from "../metadata/deployment.ts";
import { handleMetadata } from "../metadata/handle-metadata.ts";
import { checkSession } from "../oauth/check-session.ts";
import type { OAuthSetup } from "../oauth/oauth-setup.ts";
import type { Org } from "../store/org.ts";
import { createToolingIds } from "../tooling/tooling-ids.ts";
import { notFound, refusal, type ApiAnswer } from "./api-answer.ts";
import type { CallCounter } from "./call-counter.ts";
import { createCursorStore } from "./cursor-store.ts";
import { handleData, readJson } from "./handle-data.ts";
import { listSubrequests } from "./list-subrequests.ts";
import { toResponse } from "./to-response.ts";
import { checkVersion } from "./versions.ts";

const MOST_BYTES_OF_HEAD = 16_384;
const METADATA = /^\/services\/(?:Soap\/m\/|data\/v\d+\.0\/metadata\/deployRequest(?:\/|$))/;
const FIRST_VERSION_WITH_BULK = 41;
const BULK = /^\/services\/data\/v(\d+)\.0\/jobs\/ingest(?:\/|$)/;

interface DoorSetup {
  readonly org: Org;
  readonly oauth: OAuthSetup;
  readonly counter: CallCounter;
}

/** The data, bulk and metadata APIs behind their session, their budget and the limit on heads. */
export function createApiDoor(setup: DoorSetup): (arrived: ArrivedCall) => Promise<Response> {
  const { org, oauth, counter } = setup;
  const answerBulk = createBulkDoor(setup);
  const answerData = createDataDoor(setup);
  const deployments = createDeploymentStore();
  return async (arrived) => {
    const { method, url, headers } = arrived;
    if (sizeOfHead(arrived) > MOST_BYTES_OF_HEAD) return tooLong();
    if (counter.total() >= counter.limit) return withLimitInfo({ counter, response: toResponse({ method, answer: limitExceeded() }) });
    count({ counter, arrived });
    if (METADATA.test(url.pathname)) {
      return handleMetadata({
        request: toRequest(arrived),
        schema: org.schema,
        permissionSets: org.permissionSets,
        mayDeploy: org.settings.profile !== "minimum",
        isSession: (token) => oauth.sessions.userOf(token) !== null,
        jobs: deployments,
        now: org.now(),
        userId: org.users.integration,
      });
    }
    const session = checkSession({ oauth, headers });
    if (session.refused !== null) return toResponse({ method, answer: session.refused });
    const answer = BULK.test(url.pathname) ? answerBulk : answerData;
    return withLimitInfo({ counter, response: await answer({ arrived, userId: session.userId }) });
  };
}

function createDataDoor(setup: DoorSetup): (request: { arrived: ArrivedCall; userId: string }) => Response {
  const { org, counter } = setup;
  const cursors = createCursorStore();
  const toolingIds = createToolingIds();
  return ({ arrived, userId }) => {
    const { method, url, headers } = arrived;
    const json = readJson({ headers, text: textOf(arrived) });
    const answer = json.refused ?? handleData({ org, userId, cursors, toolingIds, counter, method, url, headers, body: json.value });
    return toResponse({ method, answer });
  };
}

function createBulkDoor(setup: DoorSetup): (request: { arrived: ArrivedCall; userId: string }) => Promise<Response> {
  const { org } = setup;
  const jobs = createBulkJobStore();
  return async ({ arrived, userId }) => {
    const apiVersion = Number(BULK.exec(arrived.url.pathname)?.[1]);
    const refused = checkVersion(apiVersion) ?? (apiVersion < FIRST_VERSION_WITH_BULK ? notFound() : null);
    if (refused !== null) return toResponse({ method: arrived.method, answer: refused });
    const rows = createBulkRows({ org, userId, apiVersion });
    return handleBulk({ request: toRequest(arrived), jobs, schema: org.schema, ...rows, now: org.now(), userId });
  };
}

function count(request: { counter: CallCounter; arrived: ArrivedCall }): void {
  const { counter, arrived } = request;
  const { method, url } = arrived;
  const subrequests = listSubrequests({ path: url.pathname, body: () => readJson({ headers: arrived.headers, text: textOf(arrived) }).value });
  counter.count({ method, path: url.pathname + url.search, ...(subrequests === undefined ? {} : { subrequests }) });
}

function withLimitInfo(request: { counter: CallCounter; response: Response }): Response {
  const { counter, response } = request;
  response.headers.set("Sforce-Limit-Info", `api-usage=${counter.total()}/${counter.limit}`);
  return response;
}

function limitExceeded(): ApiAnswer {
  return refusal({ status: 403, errorCode: "REQUEST_LIMIT_EXCEEDED", message: "TotalRequests Limit exceeded." });
}

function sizeOfHead(arrived: ArrivedCall): number {
  let size = Buffer.byteLength(arrived.url.pathname + arrived.url.search);
  for (const [name, value] of arrived.headers) size += Buffer.byteLength(name) + Buffer.byteLength(value) + 4;
  return size;
}

function tooLong(): Response {
  return new Response("<h1>Bad Message 414</h1><pre>reason: URI Too Long</pre>", { status: 414, headers: { "Content-Type": "text/html" } });
}
