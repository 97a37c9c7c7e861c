import type { ComponentMessage } from "./deploy-components.ts";
import { isDone, type Deployment } from "./deployment.ts";

type Json = Record<string, unknown>;

/** The `DeployResult` of the Metadata API: SOAP and REST show the same. Members without a value are left out. */
export function toDeployResult(request: { deployment: Deployment; includeDetails: boolean; userId: string }): Json {
  const { deployment, includeDetails, userId } = request;
  const { id, options, status, messages } = deployment;
  const failures = messages.filter(({ problem }) => problem !== null);
  const done = isDone(deployment);
  return {
    checkOnly: options.checkOnly,
    ...(deployment.completedAt === null ? {} : { completedDate: toDate(deployment.completedAt) }),
    createdBy: userId,
    createdByName: "Integration",
    createdDate: toDate(deployment.createdAt),
    ...(includeDetails ? { details: toDetails({ deployment, messages }) } : {}),
    done,
    id,
    ignoreWarnings: options.ignoreWarnings,
    lastModifiedDate: toDate(deployment.completedAt ?? deployment.createdAt),
    numberComponentErrors: failures.length,
    numberComponentsDeployed: messages.length - failures.length,
    numberComponentsTotal: messages.length,
    numberTestErrors: 0,
    numberTestsCompleted: 0,
    numberTestsTotal: 0,
    rollbackOnError: options.rollbackOnError,
    runTestsEnabled: options.testLevel !== null && options.testLevel !== "NoTestRun",
    ...(status === "Pending" ? {} : { startDate: toDate(deployment.createdAt) }),
    status,
    success: status === "Succeeded" || status === "SucceededPartial",
  };
}

function toDetails({ deployment, messages }: { deployment: Deployment; messages: readonly ComponentMessage[] }): Json {
  const failures = messages.filter(({ problem }) => problem !== null);
  const successes = messages.filter(({ problem }) => problem === null);
  const createdDate = toDate(deployment.completedAt ?? deployment.createdAt);
  const own = { changed: true, componentType: "", created: false, createdDate, deleted: false, fileName: "package.xml", fullName: "package.xml", success: true, warning: false };
  return {
    componentFailures: failures.map((message) => ({ ...toComponent({ message, createdDate }), ...toProblem(message) })),
    componentSuccesses: isDone(deployment) && failures.every(({ path }) => path !== "package.xml")
      ? [...successes.map((message) => toComponent({ message, createdDate })), own]
      : successes.map((message) => toComponent({ message, createdDate })),
    runTestResult: { numFailures: 0, numTestsRun: 0, totalTime: 0 },
  };
}

function toComponent({ message, createdDate }: { message: ComponentMessage; createdDate: string }): Json {
  return {
    changed: message.changed,
    componentType: message.type,
    created: message.created,
    createdDate,
    deleted: false,
    fileName: message.path,
    fullName: message.fullName,
    success: message.problem === null,
    warning: false,
  };
}

function toProblem({ problem, line }: ComponentMessage): Json {
  return { problem, problemType: "Error", ...(line === null ? {} : { lineNumber: line, columnNumber: 1 }) };
}

function toDate(at: number): string {
  return new Date(at).toISOString();
}
