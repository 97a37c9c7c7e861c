import type { OrgSchema } from "../schema/org-schema.ts";
import type { PermissionSetStore } from "../store/permission-sets.ts";
import { deployComponents, type ComponentMessage, type DeployOptions } from "./deploy-components.ts";
import { MetadataProblem } from "./metadata-problem.ts";
import { openPackage } from "./open-package.ts";

/** What a caller may ask of a deployment. */
export interface DeploymentOptions extends DeployOptions {
  readonly allowMissingFiles: boolean;
  readonly ignoreWarnings: boolean;
  readonly singlePackage: boolean;
  readonly testLevel: string | null;
}

export type DeploymentStatus = "Pending" | "InProgress" | "Succeeded" | "SucceededPartial" | "Failed" | "Canceled";

export interface Deployment {
  readonly id: string;
  readonly options: DeploymentOptions;
  readonly zip: Uint8Array;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  completedAt: number | null;
  status: DeploymentStatus;
  messages: readonly ComponentMessage[];
}

export interface DeploymentStore {
  add(request: { zip: Uint8Array; options: DeploymentOptions; now: number }): Deployment;
  find(id: string): Deployment | undefined;
}

const KEY_PREFIX = "0Af";

export function createDeploymentStore(): DeploymentStore {
  const deployments = new Map<string, Deployment>();
  return {
    add: ({ zip, options, now }) => {
      const number = (deployments.size + 1).toString(36).padStart(12, "0");
      const deployment: Deployment = {
        id: `${KEY_PREFIX}${number}AAA`,
        options,
        zip,
        createdAt: now,
        completedAt: null,
        status: "Pending",
        messages: [],
      };
      deployments.set(deployment.id.slice(0, 15), deployment);
      return deployment;
    },
    find: (id) => deployments.get(id.slice(0, 15)),
  };
}

/** One look at a deployment: the first finds it under way, the second done. Whoever does not wait does not have it. */
export function pollDeployment(request: {
  deployment: Deployment;
  schema: OrgSchema;
  permissionSets: PermissionSetStore;
  now: number;
}): void {
  const { deployment, now } = request;
  if (deployment.status === "Pending") {
    deployment.status = "InProgress";
    return;
  }
  if (deployment.status !== "InProgress") return;
  try {
    const { zip, options } = deployment;
    const collected = openPackage({ zip, allowMissingFiles: options.allowMissingFiles });
    deployment.messages = deployComponents({ ...request, collected, options });
    deployment.status = verdictOf(deployment);
  } catch (error) {
    if (!(error instanceof MetadataProblem)) throw error;
    deployment.messages = [{ path: "package.xml", type: "", fullName: "package.xml", created: false, changed: false, problem: error.message, line: error.line }];
    deployment.status = "Failed";
  }
  deployment.completedAt = now;
}

function verdictOf({ messages, options }: Deployment): DeploymentStatus {
  const failed = messages.filter(({ problem }) => problem !== null).length;
  if (failed === 0) return "Succeeded";
  return options.rollbackOnError || failed === messages.length ? "Failed" : "SucceededPartial";
}

export function isDone({ status }: Deployment): boolean {
  return status !== "Pending" && status !== "InProgress";
}
