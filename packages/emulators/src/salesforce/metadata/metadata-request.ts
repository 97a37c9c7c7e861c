import type { OrgSchema } from "../schema/org-schema.ts";
import type { PermissionSetStore } from "../store/permission-sets.ts";
import type { DeploymentStore } from "./deployment.ts";

/** One call of the Metadata API, with the org that it reaches. */
export interface MetadataRequest {
  readonly request: Request;
  readonly schema: OrgSchema;
  readonly permissionSets: PermissionSetStore;
  readonly isSession: (token: string) => boolean;
  /** False: the user has neither "Modify All Data" nor "Modify Metadata"; default: true. */
  readonly mayDeploy?: boolean;
  readonly jobs: DeploymentStore;
  /** Epoch milliseconds; default: the machine's clock. */
  readonly now?: number;
  /** Who deploys; default: nobody that is known. */
  readonly userId?: string;
}
