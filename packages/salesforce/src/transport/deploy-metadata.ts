import { ConnectorError, type Clock } from "@volenti/core/adapter";
import type { DeployOptions, DeployResult } from "jsforce/lib/api/metadata.js";
import type { OrgConnection } from "./org-connection.ts";
import { CONNECTOR_ID, type DeploymentReport } from "./salesforce-session.ts";

const FIRST_PAUSE_IN_MS = 500;
const LONGEST_PAUSE_IN_MS = 10_000;
const LONGEST_DEPLOYMENT_IN_MS = 60 * 60_000;
const OPTIONS: Partial<DeployOptions> = { rollbackOnError: true, singlePackage: true, ignoreWarnings: true };
/** Answers of an org, or of a gateway before it, that does not know the REST resource. */
const WITHOUT_REST: ReadonlySet<number> = new Set([400, 404, 405, 415, 501]);
const ENDS: ReadonlySet<string> = new Set(["Succeeded", "SucceededPartial", "Failed", "Canceled"]);

/** Runs one exchange of jsforce's under the session that stands. */
export type WithConnection = <Result>(run: (connection: OrgConnection) => PromiseLike<Result>) => Promise<Result>;

/**
 * Deploys by the Metadata API: over REST, and over SOAP where the org has no REST resource for it. Waits for its end, which
 * is what Salesforce makes one wait for.
 * https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_rest_deploy.htm
 */
export async function deployMetadata(request: {
  zip: Uint8Array;
  operation: string;
  signal: AbortSignal | undefined;
  clock: Clock;
  withConnection: WithConnection;
}): Promise<DeploymentReport> {
  const { zip, operation, signal, clock, withConnection } = request;
  const started = await start({ zip: Buffer.from(zip), withConnection });
  const deadline = clock.now() + LONGEST_DEPLOYMENT_IN_MS;
  let pauseInMs = FIRST_PAUSE_IN_MS;
  for (;;) {
    const result = await withConnection(({ metadata }) => metadata.checkDeployStatus(started.id, true, started.isRest));
    if (result.done || ENDS.has(result.status)) return toReport(result);
    if (clock.now() > deadline) throw failure({ operation, code: "outcomeUnknown" });
    await clock.sleep({ durationInMs: pauseInMs, signal });
    pauseInMs = Math.min(pauseInMs * 1.5, LONGEST_PAUSE_IN_MS);
  }
}

async function start(request: { zip: Buffer; withConnection: WithConnection }): Promise<{ id: string; isRest: boolean }> {
  const { zip, withConnection } = request;
  try {
    const { id } = await withConnection(({ metadata }) => metadata.deployRest(zip, OPTIONS));
    return { id, isRest: true };
  } catch (error) {
    if (!ConnectorError.isInstance(error) || !WITHOUT_REST.has(error.httpStatus ?? 0)) throw error;
    const { id } = await withConnection(({ metadata }) => metadata.deploy(zip, OPTIONS));
    return { id, isRest: false };
  }
}

/** Component names and problems are of metadata that we sent: they hold nothing of people. */
function toReport(result: DeployResult): DeploymentReport {
  const failures = [result.details?.componentFailures ?? []].flat();
  const status = [...ENDS].find((end) => end === result.status) ?? (result.success ? "Succeeded" : "Failed");
  return {
    status: status as DeploymentReport["status"],
    failures: failures.map(({ fullName, componentType, problem }) => ({
      component: fullName,
      type: componentType ?? "",
      problem: problem ?? "",
    })),
  };
}

function failure(request: { operation: string; code: "outcomeUnknown" }): ConnectorError {
  return new ConnectorError({ code: request.code, connectorId: CONNECTOR_ID, operation: request.operation });
}
