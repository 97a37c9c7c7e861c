import { checkVersion } from "../rest/versions.ts";
import { describeMetadata } from "./describe-metadata.ts";
import { pollDeployment } from "./deployment.ts";
import { toDeployResult } from "./deploy-result.ts";
import { listMetadata } from "./list-metadata.ts";
import { MetadataProblem } from "./metadata-problem.ts";
import type { MetadataRequest } from "./metadata-request.ts";
import { parseXml } from "./parse-xml.ts";
import { readComponents } from "./read-components.ts";
import { readDeployOptions } from "./read-deploy-options.ts";
import { NO_METADATA_ACCESS } from "./refuse-access.ts";
import { saveMetadata } from "./save-metadata.ts";
import { readEnvelope, soapFault, soapResponse, soapXmlResponse } from "./soap-envelope.ts";
import { childText, findChild, type XmlElement } from "./xml-element.ts";

type Operation = (request: { call: MetadataRequest; operation: XmlElement; now: number }) => Response;

const OPERATIONS: Readonly<Record<string, Operation>> = {
  deploy,
  checkDeployStatus,
  cancelDeploy,
  describeMetadata: ({ operation }) => soapResponse({ operation: operation.name, results: [describeMetadata()] }),
  listMetadata: ({ call, operation, now }) => soapResponse({ operation: operation.name, results: listMetadata({ call, operation, now }) }),
  readMetadata: ({ call, operation }) => soapXmlResponse({ operation: operation.name, content: readComponents({ schema: call.schema, operation }) }),
  createMetadata: (request) => soapResponse({ operation: "createMetadata", results: saveMetadata(request) }),
  updateMetadata: (request) => soapResponse({ operation: "updateMetadata", results: saveMetadata(request) }),
  upsertMetadata: (request) => soapResponse({ operation: "upsertMetadata", results: saveMetadata(request) }),
};

/** The SOAP side of the Metadata API. */
export async function handleSoap(call: MetadataRequest): Promise<Response> {
  const refused = refuseVersion(call);
  if (refused !== null) return refused;
  if (call.request.method !== "POST") return soapFault({ code: "UNKNOWN_EXCEPTION", message: "only POST is supported" });
  try {
    const envelope = readEnvelope(parseXml(await call.request.text()));
    if (envelope === null) return soapFault({ code: "UNKNOWN_EXCEPTION", message: "no SOAP envelope with one operation" });
    const { operation, sessionId } = envelope;
    if (!call.isSession(sessionId)) {
      return soapFault({ code: "INVALID_SESSION_ID", message: "Invalid Session ID found in SessionHeader: Illegal Session. Session not found, missing session hash" });
    }
    if (call.mayDeploy === false) return soapFault(NO_METADATA_ACCESS);
    const run = OPERATIONS[operation.name];
    if (run === undefined) return soapFault({ code: "INVALID_OPERATION", message: `this emulator has no operation ${operation.name}` });
    return run({ call, operation, now: call.now ?? Date.now() });
  } catch (error) {
    if (!(error instanceof MetadataProblem)) throw error;
    return soapFault({ code: "UNKNOWN_EXCEPTION", message: error.message });
  }
}

function refuseVersion(call: MetadataRequest): Response | null {
  const version = Number(/^\/services\/Soap\/m\/(\d+)(?:\.0)?(?:\/|$)/.exec(new URL(call.request.url).pathname)?.[1]);
  return checkVersion(version) === null ? null : soapFault({ code: "UNSUPPORTED_API_VERSION", message: "Invalid Api version specified on URL" });
}

function deploy({ call, operation, now }: Parameters<Operation>[0]): Response {
  const zip = Buffer.from(childText({ element: operation, name: "ZipFile" }), "base64");
  const options = findChild({ element: operation, name: "DeployOptions" });
  const given = Object.fromEntries((options?.children ?? []).map(({ name, text }) => [name, text.trim()]));
  const { id } = call.jobs.add({ zip, options: readDeployOptions(given), now });
  return soapResponse({ operation: "deploy", results: [{ done: false, id, state: "Queued" }] });
}

function checkDeployStatus({ call, operation, now }: Parameters<Operation>[0]): Response {
  const deployment = call.jobs.find(childText({ element: operation, name: "asyncProcessId" }));
  if (deployment === undefined) return soapFault({ code: "INVALID_CROSS_REFERENCE_KEY", message: "invalid cross reference id" });
  pollDeployment({ deployment, schema: call.schema, permissionSets: call.permissionSets, now });
  const includeDetails = childText({ element: operation, name: "includeDetails" }) === "true";
  const result = toDeployResult({ deployment, includeDetails, userId: call.userId ?? "" });
  return soapResponse({ operation: "checkDeployStatus", results: [result] });
}

function cancelDeploy({ call, operation, now }: Parameters<Operation>[0]): Response {
  const deployment = call.jobs.find(childText({ element: operation, name: "String" }));
  if (deployment === undefined) return soapFault({ code: "INVALID_CROSS_REFERENCE_KEY", message: "invalid cross reference id" });
  if (deployment.completedAt !== null) return soapFault({ code: "INVALID_ID_FIELD", message: "Deployment already completed" });
  deployment.status = "Canceled";
  deployment.completedAt = now;
  return soapResponse({ operation: "cancelDeploy", results: [{ done: true, id: deployment.id }] });
}
